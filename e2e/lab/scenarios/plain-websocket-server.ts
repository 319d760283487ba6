import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';
import { startWebSocketServer } from '../stacks.ts';

export const plainWebsocketServer: Scenario = {
  id: 'plain-websocket-server',
  title: 'The server speaks plain WebSocket.',
  group: 'failing',
  expected: { rootCause: 'plain-websocket-server', status: 'failing' },
  truth: () => ({ clientError: 'server error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const { url } = await startWebSocketServer(lab, (socket) => socket.send('{"type":"welcome"}'));
    return { client: plan(4, url, { transports: ['websocket'] }), serverErrors: [] };
  },
};
