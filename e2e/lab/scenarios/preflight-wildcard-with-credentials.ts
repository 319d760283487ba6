import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const preflightWildcardWithCredentials: Scenario = {
  id: 'preflight-wildcard-with-credentials',
  title: 'The client has `extraHeaders` and sends credentials, and `cors.origin` is `*`.',
  group: 'failing',
  expected: {
    rootCause: 'preflight-wildcard-with-credentials',
    status: 'failing',
    also: ['extra-headers-force-preflight'],
  },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightWildcardOriginNotAllowed', parameter: '' },
  }),
  start: (lab) =>
    crossOrigin(lab, { cors: { origin: '*' } }, { withCredentials: true, extraHeaders: { 'x-token': 'abc' } }),
};
