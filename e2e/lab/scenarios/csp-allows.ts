import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const cspAllows: Scenario = {
  id: 'csp-allows',
  title: 'The page’s `Content-Security-Policy` lists the server for `http` and for `ws`.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const { client, serverErrors } = clientOf(server);
    const policy = `default-src 'self' 'unsafe-inline'; connect-src ${server.url} ws://localhost:${server.port}`;
    return { client: { ...client, pageHeaders: { 'content-security-policy': policy } }, serverErrors };
  },
};
