import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsNotConfigured: Scenario = {
  id: 'cors-not-configured',
  title: 'The server has no `cors` option.',
  group: 'failing',
  expected: { rootCause: 'cors-not-configured', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  start: (lab) => crossOrigin(lab),
};
