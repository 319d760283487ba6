import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginTrailingSlash: Scenario = {
  id: 'cors-origin-trailing-slash',
  title: '`cors.origin` is the page’s origin and a slash.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-mismatch', status: 'failing', detail: 'trailing-slash' },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'AllowOriginMismatch', parameter: `${page}/` },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: `${lab.page}/` } }),
};
