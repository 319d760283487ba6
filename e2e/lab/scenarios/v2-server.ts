import type { Scenario } from '../scenario.ts';
import { plan, startV2Server } from '../servers.ts';

export const v2Server: Scenario = {
  id: 'v2-server',
  title: 'A Socket.IO 2 client meets a Socket.IO 2 server.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    return { client: plan(2, await startV2Server(lab)), serverErrors: [] };
  },
};
