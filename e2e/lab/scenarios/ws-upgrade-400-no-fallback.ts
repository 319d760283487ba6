import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const wsUpgrade400NoFallback: Scenario = {
  id: 'ws-upgrade-400-no-fallback',
  title: 'nginx does not forward the `Upgrade` header, and the client wants nothing but WebSocket.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'no-transport-fallback', status: 'failing', also: ['ws-upgrade-400-proxy'] },
  truth: () => ({
    clientError: 'websocket error',
    transport: null,
    serverError: 3,
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return clientOf(server, { transports: ['websocket'] }, await startNginx(lab, server.port, []));
  },
};
