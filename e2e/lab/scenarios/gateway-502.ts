import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const gateway502: Scenario = {
  id: 'gateway-502',
  title: 'nginx has no server behind it.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'gateway-502-503-504', status: 'failing', also: ['cors-missing-on-error'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const url = await startNginx(lab, await lab.freePort(), []);
    return { client: plan(4, url), serverErrors: [] };
  },
};
