import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const connectionLeak: Scenario = {
  id: 'connection-leak',
  title: 'A component connects each time it is shown, and never disconnects.',
  group: 'failing',
  expected: { rootCause: 'connection-leak', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page }, pingInterval: 1_000 });
    const running = clientOf(server, { transports: ['websocket'] });
    return { ...running, client: { ...running.client, afterwards: 'leak', staysFor: 2_500 } };
  },
};
