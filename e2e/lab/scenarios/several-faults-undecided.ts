import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const severalFaultsUndecided: Scenario = {
  id: 'several-faults-undecided',
  title: 'The same with a Socket.IO 4 client: whether it sends credentials, a preflight does not show.',
  group: 'failing',
  expected: { rootCause: 'preflight-header-not-allowed', status: 'failing', also: ['extra-headers-force-preflight'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightWildcardOriginNotAllowed', parameter: '' },
  }),
  start: (lab) =>
    crossOrigin(
      lab,
      { cors: { origin: '*', allowedHeaders: ['content-type'] } },
      { withCredentials: true, extraHeaders: { 'x-token': 'abc' } },
    ),
};
