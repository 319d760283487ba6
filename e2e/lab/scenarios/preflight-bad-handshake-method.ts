import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const preflightBadHandshakeMethod: Scenario = {
  id: 'preflight-bad-handshake-method',
  title: 'The client has `extraHeaders`, so the browser asks first, and the server has no `cors` option.',
  group: 'failing',
  expected: { rootCause: 'preflight-bad-handshake-method', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: 2,
    corsError: { error: 'PreflightMissingAllowOriginHeader', parameter: '' },
  }),
  start: (lab) => crossOrigin(lab, {}, { extraHeaders: { 'x-token': 'abc' } }),
};
