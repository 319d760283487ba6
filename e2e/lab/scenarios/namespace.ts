import type { Scenario } from '../scenario.ts';
import { clientOf, greet, startServer } from '../servers.ts';

export const namespace: Scenario = {
  id: 'namespace',
  title: 'The client joins the namespace `/admin`.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.of('/admin').on('connection', greet);
    return clientOf(server, {}, `${server.url}/admin`);
  },
};
