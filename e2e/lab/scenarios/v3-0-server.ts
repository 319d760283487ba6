import type { Scenario } from '../scenario.ts';
import { clientOf, startV30Server } from '../servers.ts';
import { connects } from '../truth.ts';

export const v30Server: Scenario = {
  id: 'v3-0-server',
  title: 'A Socket.IO 4 client meets a Socket.IO 3.0 server.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startV30Server(lab, { cors: { origin: lab.page } });
    return clientOf(server);
  },
};
