import { startNginx } from '../nginx.ts';
import { startPython } from '../python.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf } from '../servers.ts';

export const uvicornUnsupportedUpgrade: Scenario = {
  id: 'uvicorn-unsupported-upgrade',
  title: 'nginx calls every request an upgrade, which uvicorn refuses.',
  group: 'failing',
  needs: ['nginx', 'python'],
  expected: { rootCause: 'uvicorn-unsupported-upgrade', status: 'failing' },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const { url, port } = await startPython(lab, { on: 'uvicorn', server: { cors_allowed_origins: [] } });
    const directives = [
      'proxy_http_version 1.1;',
      'proxy_set_header Connection "upgrade";',
      `add_header Access-Control-Allow-Origin ${lab.page} always;`,
    ];
    return clientOf({ url, errors: [] }, {}, await startNginx(lab, port, directives));
  },
};
