import { startMeddler } from '../faulty-parties.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const pollBuffered: Scenario = {
  id: 'poll-buffered',
  title: 'Something on the way holds every answer to a poll back for 2.5 s.',
  group: 'failing',
  expected: { rootCause: 'poll-buffered', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'polling', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page }, pingInterval: 1_000 });
    const url = await startMeddler(lab, server.port, { holdsPolls: 2_500 });
    const running = clientOf(server, { transports: ['polling'] }, url);
    return { ...running, client: { ...running.client, staysFor: 3_000 } };
  },
};
