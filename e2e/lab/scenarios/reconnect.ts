import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const reconnect: Scenario = {
  id: 'reconnect',
  title: 'The connection ends, and the client comes back by itself.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.on('connection', (socket) => socket.on('drop', () => socket.conn.close()));
    const { client, serverErrors } = clientOf(server);
    return { client: { ...client, afterwards: 'reconnect' }, serverErrors };
  },
};
