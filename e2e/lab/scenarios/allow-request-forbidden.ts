import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const allowRequestForbidden: Scenario = {
  id: 'allow-request-forbidden',
  title: '`allowRequest` refuses the page.',
  group: 'failing',
  expected: { rootCause: 'allow-request-forbidden', status: 'failing' },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: 4, corsError: null }),
  start: (lab) =>
    crossOrigin(lab, {
      allowRequest: (_request, callback) => callback('not on weekdays', false),
      cors: { origin: lab.page },
    }),
};
