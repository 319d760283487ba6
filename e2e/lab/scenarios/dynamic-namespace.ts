import type { Scenario } from '../scenario.ts';
import { clientOf, greet, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const dynamicNamespace: Scenario = {
  id: 'dynamic-namespace',
  title: 'The client joins a namespace that the server makes as it is asked for.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.of(/^\/room-\d+$/).on('connection', greet);
    return clientOf(server, {}, `${server.url}/room-42`);
  },
};
