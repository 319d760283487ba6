import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const preflightMultipleAcao: Scenario = {
  id: 'preflight-multiple-acao',
  title:
    'The client has `extraHeaders`, and nginx adds a second `Access-Control-Allow-Origin` to the preflight’s answer.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'preflight-multiple-acao', status: 'failing', also: ['extra-headers-force-preflight'] },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightMultipleAllowOriginValues', parameter: `${page}, ${page}` },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const directives = [`add_header Access-Control-Allow-Origin ${lab.page} always;`];
    return clientOf(server, { extraHeaders: { 'x-token': 'abc' } }, await startNginx(lab, server.port, directives));
  },
};
