import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const cswshExposure: Scenario = {
  id: 'cswsh-exposure',
  title: 'The server lists another origin, and lets the page’s WebSocket in all the same.',
  group: 'failing',
  expected: { rootCause: 'cswsh-exposure', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: 'https://app.example' } });
    return clientOf(server, { transports: ['websocket'] });
  },
};
