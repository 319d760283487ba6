import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const stuckOnPolling: Scenario = {
  id: 'stuck-on-polling',
  title: 'The client is set to polling alone, and the server offers WebSocket.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy', also: ['stuck-on-polling'] },
  truth: () => ({ clientError: null, transport: 'polling', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page }, pingInterval: 3_000 });
    const running = clientOf(server, { transports: ['polling'] });
    return { ...running, client: { ...running.client, staysFor: 7_000 } };
  },
};
