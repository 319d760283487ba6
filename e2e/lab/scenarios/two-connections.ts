import type { Scenario } from '../scenario.ts';
import { startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const twoConnections: Scenario = {
  id: 'two-connections',
  title: 'The page has two connections to one server, on purpose.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const one = { url: server.url, options: { forceNew: true } };
    return { client: { version: 4, connections: [one, one] }, serverErrors: server.errors };
  },
};
