import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginHasPath: Scenario = {
  id: 'cors-origin-has-path',
  title: '`cors.origin` is the page’s address, with its path.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-mismatch', status: 'failing', detail: 'has-path' },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'AllowOriginMismatch', parameter: `${page}/chat` },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: `${lab.page}/chat` } }),
};
