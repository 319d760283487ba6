import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const plainWebsocketServer: Scenario = {
  id: 'plain-websocket-server',
  title: 'The server speaks plain WebSocket.',
  group: 'failing',
  expected: { rootCause: 'plain-websocket-server', status: 'failing' },
  truth: () => ({ clientError: 'server error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const http = createServer();
    const server = new WebSocketServer({ server: http });
    server.on('connection', (socket) => socket.send('{"type":"welcome"}'));
    lab.atEnd(() => server.close());
    const url = `http://localhost:${await lab.listen(http)}`;
    return { client: plan(4, url, { transports: ['websocket'] }), serverErrors: [] };
  },
};
