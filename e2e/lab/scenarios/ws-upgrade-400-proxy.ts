import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const wsUpgrade400Proxy: Scenario = {
  id: 'ws-upgrade-400-proxy',
  title: 'nginx does not forward the `Upgrade` header: polling works, WebSocket does not.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'ws-upgrade-400-proxy', status: 'degraded' },
  truth: () => ({
    clientError: null,
    transport: 'polling',
    serverError: 3,
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return clientOf(server, {}, await startNginx(lab, server.port, []));
  },
};
