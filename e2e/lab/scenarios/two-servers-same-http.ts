import { WebSocketServer } from 'ws';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const twoServersSameHttp: Scenario = {
  id: 'two-servers-same-http',
  title: 'Another WebSocket server hangs on the same HTTP server, and refuses what is not for it.',
  group: 'failing',
  expected: { rootCause: 'two-servers-same-http', status: 'failing' },
  truth: () => ({ clientError: 'websocket error', transport: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab);
    // It takes another path, and refuses every upgrade that is not for it.
    new WebSocketServer({ server: server.http, path: '/graphql' });
    return clientOf(server, { transports: ['websocket'] });
  },
};
