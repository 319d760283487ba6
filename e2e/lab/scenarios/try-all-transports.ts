import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const tryAllTransports: Scenario = {
  id: 'try-all-transports',
  title: 'The client starts with WebSocket, which nginx does not let through, and goes on to polling.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'ws-upgrade-400-proxy', status: ['degraded', 'recovered'] },
  truth: () => ({ clientError: null, transport: 'polling', serverError: 3, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const options = { transports: ['websocket', 'polling'], tryAllTransports: true };
    return clientOf(server, options, await startNginx(lab, server.port, []));
  },
};
