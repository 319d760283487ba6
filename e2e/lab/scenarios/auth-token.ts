import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const authToken: Scenario = {
  id: 'auth-token',
  title: 'The client sends the right token in `auth`.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.use((socket, next) =>
      next(socket.handshake.auth.token === 'right' ? undefined : new Error('not authorized')),
    );
    return clientOf(server, { auth: { token: 'right' } });
  },
};
