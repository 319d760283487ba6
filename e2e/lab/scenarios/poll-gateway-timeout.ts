import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const pollGatewayTimeout: Scenario = {
  id: 'poll-gateway-timeout',
  title: 'nginx waits 2 s for an answer to a poll, and the server pings every 25 s.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'poll-gateway-timeout', status: 'degraded' },
  // nginx leaves the server’s side, too, which ends the session before the client can.
  truth: () => ({
    clientError: null,
    transport: 'polling',
    serverError: 1,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const url = await startNginx(lab, server.port, ['proxy_read_timeout 2s;']);
    const running = clientOf(server, { transports: ['polling'] }, url);
    return { ...running, client: { ...running.client, staysFor: 4_500 } };
  },
};
