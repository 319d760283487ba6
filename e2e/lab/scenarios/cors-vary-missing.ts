import { CACHING, startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const corsVaryMissing: Scenario = {
  id: 'cors-vary-missing',
  title: 'nginx caches answers, and drops the server’s `Vary: Origin` and `Cache-Control: no-store`.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'cors-vary-missing', status: 'degraded' },
  truth: () => ({
    clientError: null,
    transport: 'polling',
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: [lab.page] } });
    return clientOf(server, { transports: ['polling'] }, await startNginx(lab, server.port, CACHING));
  },
};
