import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const corsMultipleAcaoNginx: Scenario = {
  id: 'cors-multiple-acao-nginx',
  title: 'nginx adds a second `Access-Control-Allow-Origin` to the server’s own.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'cors-multiple-acao', status: 'failing' },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MultipleAllowOriginValues', parameter: `${page}, ${page}` },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const directives = [`add_header Access-Control-Allow-Origin ${lab.page} always;`];
    return clientOf(server, {}, await startNginx(lab, server.port, directives));
  },
};
