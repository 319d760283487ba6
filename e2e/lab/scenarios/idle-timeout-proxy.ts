import { FORWARD_UPGRADE, startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const idleTimeoutProxy: Scenario = {
  id: 'idle-timeout-proxy',
  title: 'nginx closes connections that are idle for 2 s, and the server pings every 25 s.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'idle-timeout-proxy', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const url = await startNginx(lab, server.port, [...FORWARD_UPGRADE, 'proxy_read_timeout 2s;']);
    const running = clientOf(server, { transports: ['websocket'], reconnectionDelay: 500 }, url);
    return { ...running, client: { ...running.client, staysFor: 9_500 } };
  },
};
