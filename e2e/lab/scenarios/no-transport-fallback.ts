import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const noTransportFallback: Scenario = {
  id: 'no-transport-fallback',
  title: 'The client starts with WebSocket, which nginx does not let through, and never gets to polling.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'no-transport-fallback', status: 'failing', also: ['ws-upgrade-400-proxy'] },
  truth: () => ({ clientError: 'websocket error', transport: null, serverError: 3, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return clientOf(server, { transports: ['websocket', 'polling'] }, await startNginx(lab, server.port, []));
  },
};
