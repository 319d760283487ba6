import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginPort: Scenario = {
  id: 'cors-origin-port',
  title: '`cors.origin` names another port than the page’s.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-mismatch', status: 'failing', detail: 'port' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'AllowOriginMismatch', parameter: 'http://localhost:5173' },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: 'http://localhost:5173' } }),
};
