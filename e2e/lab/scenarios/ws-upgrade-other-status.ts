import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const wsUpgradeOtherStatus: Scenario = {
  id: 'ws-upgrade-other-status',
  title: 'A rule of nginx forbids the WebSocket upgrade: 403.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'ws-upgrade-other-status', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'polling', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return clientOf(server, {}, await startNginx(lab, server.port, ['if ($http_upgrade) { return 403; }']));
  },
};
