import { createServer } from 'node:http';
import { Server } from 'socket.io';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const twoServersSameHttp: Scenario = {
  id: 'two-servers-same-http',
  title: 'Two Socket.IO servers hang on one HTTP server, and both answer the WebSocket.',
  group: 'failing',
  expected: { rootCause: 'two-servers-same-http', status: 'failing' },
  truth: () => ({ clientError: 'websocket error', transport: null, corsError: null }),
  async start(lab) {
    const http = createServer();
    const servers = [new Server(http), new Server(http)];
    lab.atEnd(() => servers.map((io) => io.engine.close()));
    const url = `http://localhost:${await lab.listen(http)}`;
    return { client: plan(4, url, { transports: ['websocket'] }), serverErrors: [] };
  },
};
