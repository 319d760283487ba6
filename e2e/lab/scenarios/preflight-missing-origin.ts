import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const preflightMissingOrigin: Scenario = {
  id: 'preflight-missing-origin',
  title: 'The client has `extraHeaders`, and the page’s origin is not on the server’s list.',
  group: 'failing',
  expected: { rootCause: 'preflight-missing-origin', status: 'failing', also: ['extra-headers-force-preflight'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightMissingAllowOriginHeader', parameter: '' },
  }),
  start: (lab) =>
    crossOrigin(
      lab,
      { cors: { origin: ['https://chat.example.com', 'https://www.example.com'] } },
      { extraHeaders: { 'x-token': 'abc' } },
    ),
};
