import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const stateRecovery: Scenario = {
  id: 'state-recovery',
  title: 'The server keeps the state of a connection that ends, and the client takes it up again.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { connectionStateRecovery: {}, cors: { origin: lab.page } });
    server.io.on('connection', (socket) => socket.on('drop', () => socket.conn.close()));
    const { client, serverErrors } = clientOf(server);
    return { client: { ...client, afterwards: 'reconnect' }, serverErrors };
  },
};
