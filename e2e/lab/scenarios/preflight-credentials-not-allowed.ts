import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const preflightCredentialsNotAllowed: Scenario = {
  id: 'preflight-credentials-not-allowed',
  title: 'The client has `extraHeaders` and sends credentials, and the server does not say `credentials: true`.',
  group: 'failing',
  expected: {
    rootCause: 'preflight-credentials-not-allowed',
    status: 'failing',
    also: ['extra-headers-force-preflight'],
  },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightInvalidAllowCredentials', parameter: '' },
  }),
  start: (lab) =>
    crossOrigin(lab, { cors: { origin: lab.page } }, { withCredentials: true, extraHeaders: { 'x-token': 'abc' } }),
};
