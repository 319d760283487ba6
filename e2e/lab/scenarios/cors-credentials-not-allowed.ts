import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsCredentialsNotAllowed: Scenario = {
  id: 'cors-credentials-not-allowed',
  title: 'The client sends credentials, and the server does not say `credentials: true`.',
  group: 'failing',
  expected: { rootCause: 'cors-credentials-not-allowed', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'InvalidAllowCredentials', parameter: '' },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: lab.page } }, { withCredentials: true }),
};
