import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const preflightRedirect: Scenario = {
  id: 'preflight-redirect',
  title: 'The client has `extraHeaders`, and nginx redirects to the address that the server has now.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'preflight-redirect', status: 'failing', also: ['extra-headers-force-preflight'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightDisallowedRedirect', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const directives = [`return 308 ${server.url}$request_uri;`];
    return clientOf(server, { extraHeaders: { 'x-token': 'abc' } }, await startNginx(lab, server.port, directives));
  },
};
