import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const preflightNotOk: Scenario = {
  id: 'preflight-not-ok',
  title: 'nginx lets nothing but GET and POST through: it answers the preflight 405.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'preflight-not-ok', status: 'failing', also: ['extra-headers-force-preflight'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightInvalidStatus', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const directives = [
      `add_header Access-Control-Allow-Origin ${lab.page} always;`,
      'proxy_hide_header Access-Control-Allow-Origin;',
      'if ($request_method = OPTIONS) { return 405; }',
    ];
    return clientOf(server, { extraHeaders: { 'x-token': 'abc' } }, await startNginx(lab, server.port, directives));
  },
};
