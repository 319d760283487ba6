import type { Scenario } from '../scenario.ts';
import { plan, startServer } from '../servers.ts';

export const versionEio3WsInvalidFrame: Scenario = {
  id: 'version-eio3-ws-invalid-frame',
  title: 'A Socket.IO 2 client that uses WebSocket alone meets a Socket.IO 4 server.',
  group: 'failing',
  expected: { rootCause: 'version-eio3-ws-invalid-frame', status: 'failing' },
  truth: () => ({ clientError: 'websocket error', transport: null, serverError: 5, corsError: null }),
  async start(lab) {
    const server = await startServer(lab);
    return { client: plan(2, server.url, { transports: ['websocket'] }), serverErrors: server.errors };
  },
};
