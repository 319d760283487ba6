import type { Scenario } from '../scenario.ts';
import { plan, startServer } from '../servers.ts';

export const v2Client: Scenario = {
  id: 'v2-client',
  title: 'A Socket.IO 2 client meets a Socket.IO 4 server with `allowEIO3`.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { allowEIO3: true, cors: { origin: lab.page, credentials: true } });
    return { client: plan(2, server.url), serverErrors: server.errors };
  },
};
