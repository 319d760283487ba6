import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const wsUpgradeDropped: Scenario = {
  id: 'ws-upgrade-dropped',
  title: 'nginx closes the connection when it sees an upgrade.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'ws-upgrade-dropped', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'polling', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    // 444 is no status: nginx closes without an answer.
    return clientOf(server, {}, await startNginx(lab, server.port, ['if ($http_upgrade) { return 444; }']));
  },
};
