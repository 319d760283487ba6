import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { startServer } from '../servers.ts';

export const corsProxyStripped: Scenario = {
  id: 'cors-proxy-stripped',
  title: 'nginx leaves the server’s `Access-Control-Allow-Origin` on upgrades only: WebSocket works, polling does not.',
  group: 'failing',
  needs: 'nginx',
  // Two connections to one endpoint at the same moment: whichever began last decides its status.
  expected: { rootCause: 'cors-proxy-stripped', status: ['failing', 'degraded'] },
  truth: () => ({
    clientError: 'xhr poll error',
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const url = await startNginx(lab, server.port, [
      'proxy_http_version 1.1;',
      'proxy_set_header Upgrade $http_upgrade;',
      'proxy_set_header Connection $connection_upgrade;',
      'proxy_hide_header Access-Control-Allow-Origin;',
      'set $allowed "";',
      `if ($http_upgrade) { set $allowed ${lab.page}; }`,
      'add_header Access-Control-Allow-Origin $allowed always;',
    ]);
    const connections = [
      { url, options: { transports: ['websocket'] } },
      { url, options: { forceNew: true } },
    ];
    return { client: { version: 4, connections }, serverErrors: server.errors };
  },
};
