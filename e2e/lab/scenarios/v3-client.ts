import type { Scenario } from '../scenario.ts';
import { plan, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const v3Client: Scenario = {
  id: 'v3-client',
  title: 'A Socket.IO 3 client meets a Socket.IO 4 server.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return { client: plan(3, server.url), serverErrors: server.errors };
  },
};
