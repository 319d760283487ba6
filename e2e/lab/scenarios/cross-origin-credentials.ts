import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const crossOriginCredentials: Scenario = {
  id: 'cross-origin-credentials',
  title: 'Both sides agree on credentials.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: lab.page, credentials: true } }, { withCredentials: true }),
};
