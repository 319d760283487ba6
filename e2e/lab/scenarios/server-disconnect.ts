import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const serverDisconnect: Scenario = {
  id: 'server-disconnect',
  title: 'The server’s own code ends the connection.',
  group: 'failing',
  expected: { rootCause: 'server-disconnect', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.on('connection', (socket) => void setTimeout(() => socket.disconnect(), 1_000));
    const running = clientOf(server);
    return { ...running, client: { ...running.client, staysFor: 2_000 } };
  },
};
