import type { Scenario } from '../scenario.ts';
import { greet, startServer } from '../servers.ts';

export const twoNamespaces: Scenario = {
  id: 'two-namespaces',
  title: 'Two namespaces share one connection.',
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
    const connections = [server.url, `${server.url}/admin`].map((url) => ({ url, options: {} }));
    return { client: { version: 4, connections }, serverErrors: server.errors };
  },
};
