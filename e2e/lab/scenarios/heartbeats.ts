import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const heartbeats: Scenario = {
  id: 'heartbeats',
  title: 'Server and client exchange heartbeats.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { pingInterval: 200, pingTimeout: 2_000, cors: { origin: lab.page } });
    server.io.on('connection', (socket) => socket.on('echo', (data, answer) => setTimeout(() => answer(data), 1_000)));
    const { client, serverErrors } = clientOf(server);
    return { client: { ...client, afterwards: 'echo-binary' }, serverErrors };
  },
};
