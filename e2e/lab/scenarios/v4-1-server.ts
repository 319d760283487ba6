import type { Scenario } from '../scenario.ts';
import { clientOf, startV41Server } from '../servers.ts';
import { connects } from '../truth.ts';

export const v41Server: Scenario = {
  id: 'v4-1-server',
  title: 'A Socket.IO 4 client meets a Socket.IO 4.1 server.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startV41Server(lab, { cors: { origin: lab.page } });
    return clientOf(server);
  },
};
