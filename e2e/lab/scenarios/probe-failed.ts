import { startMeddler } from '../faulty-parties.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const probeFailed: Scenario = {
  id: 'probe-failed',
  title: 'Something on the way opens WebSockets and lets nothing through.',
  group: 'failing',
  expected: { rootCause: 'probe-failed', status: 'degraded' },
  truth: () => ({ clientError: null, serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const url = await startMeddler(lab, server.port, { swallowsFrames: true });
    const running = clientOf(server, {}, url);
    return { ...running, client: { ...running.client, settlesAfter: 12_000 } };
  },
};
