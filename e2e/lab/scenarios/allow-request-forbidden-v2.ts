import type { Scenario } from '../scenario.ts';
import { plan, startV2Server } from '../servers.ts';

export const allowRequestForbiddenV2: Scenario = {
  id: 'allow-request-forbidden-v2',
  title: 'A Socket.IO 2 server refuses the page’s origin by its `origins`.',
  group: 'failing',
  expected: { rootCause: 'allow-request-forbidden', status: 'failing', also: ['cors-missing-on-error'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const url = await startV2Server(lab, { origins: ['https://a.example:443'] });
    return { client: plan(2, url), serverErrors: [] };
  },
};
