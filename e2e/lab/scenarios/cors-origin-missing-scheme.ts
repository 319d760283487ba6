import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginMissingScheme: Scenario = {
  id: 'cors-origin-missing-scheme',
  title: '`cors.origin` is host and port, without a scheme.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-mismatch', status: 'failing', detail: 'missing-scheme' },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'AllowOriginMismatch', parameter: new URL(page).host },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: new URL(lab.page).host } }),
};
