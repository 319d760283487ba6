import { FORWARD_UPGRADE, startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const corsProxyOverrides: Scenario = {
  id: 'cors-proxy-overrides',
  title: 'nginx replaces the server’s `Access-Control-Allow-Origin` by `*`, and the client sends credentials.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'cors-wildcard-with-credentials', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'WildcardOriginNotAllowed', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page, credentials: true } });
    const url = await startNginx(lab, server.port, [
      ...FORWARD_UPGRADE,
      'proxy_hide_header Access-Control-Allow-Origin;',
      'add_header Access-Control-Allow-Origin * always;',
    ]);
    return clientOf(server, { withCredentials: true }, url);
  },
};
