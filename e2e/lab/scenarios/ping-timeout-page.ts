import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const pingTimeoutPage: Scenario = {
  id: 'ping-timeout-page',
  title: 'The page’s thread stands still.',
  group: 'failing',
  expected: { rootCause: 'ping-timeout', detail: 'page-frozen', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page }, pingInterval: 1_000, pingTimeout: 1_000 });
    const running = clientOf(server, { reconnection: false });
    return { ...running, client: { ...running.client, afterwards: 'freeze-page' } };
  },
};
