import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const heartbeatMismatch: Scenario = {
  id: 'heartbeat-mismatch',
  title: 'The page sends pings of its own, where the server does.',
  group: 'failing',
  expected: { rootCause: 'heartbeat-mismatch', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const running = clientOf(server);
    return { ...running, client: { ...running.client, afterwards: 'ping', staysFor: 3_000 } };
  },
};
