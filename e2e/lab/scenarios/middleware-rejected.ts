import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const middlewareRejected: Scenario = {
  id: 'middleware-rejected',
  title: 'The `origin` function of `cors` calls back with an error.',
  group: 'failing',
  expected: { rootCause: 'middleware-rejected', status: 'failing', also: ['cors-missing-on-error'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: 3,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  start: (lab) =>
    crossOrigin(lab, { cors: { origin: (_origin, callback) => callback(new Error('Not allowed by CORS')) } }),
};
