import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const preflightOriginMismatch: Scenario = {
  id: 'preflight-origin-mismatch',
  title: 'The client has `extraHeaders`, and the server names one origin, which is another.',
  group: 'failing',
  expected: {
    rootCause: 'preflight-origin-mismatch',
    status: 'failing',
    detail: 'trailing-slash',
    also: ['extra-headers-force-preflight'],
  },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightAllowOriginMismatch', parameter: `${page}/` },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: `${lab.page}/` } }, { extraHeaders: { 'x-token': 'abc' } }),
};
