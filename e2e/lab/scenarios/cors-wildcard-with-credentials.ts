import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsWildcardWithCredentials: Scenario = {
  id: 'cors-wildcard-with-credentials',
  title: '`cors.origin` is `*`, and the client sends credentials.',
  group: 'failing',
  expected: { rootCause: 'cors-wildcard-with-credentials', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'WildcardOriginNotAllowed', parameter: '' },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: '*' } }, { withCredentials: true }),
};
