import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginUndefined: Scenario = {
  id: 'cors-origin-undefined',
  title: '`cors.origin` is read from an environment variable that is not set.',
  group: 'failing',
  expected: { rootCause: 'cors-not-configured', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: process.env.LAB_VARIABLE_THAT_IS_NOT_SET } }),
};
