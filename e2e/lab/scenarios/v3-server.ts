import type { Scenario } from '../scenario.ts';
import { plan, startV3Server } from '../servers.ts';
import { connects } from '../truth.ts';

export const v3Server: Scenario = {
  id: 'v3-server',
  title: 'A Socket.IO 3 client meets a Socket.IO 3 server.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startV3Server(lab, { cors: { origin: lab.page } });
    return { client: plan(3, server.url), serverErrors: [] };
  },
};
