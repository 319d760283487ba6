import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';
import { singlePageApp } from '../stacks.ts';
import { connects } from '../truth.ts';

export const spa: Scenario = {
  id: 'spa',
  title: 'A single-page app and Socket.IO share one server.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } }, singlePageApp());
    return clientOf(server);
  },
};
