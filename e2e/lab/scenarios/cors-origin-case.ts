import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginCase: Scenario = {
  id: 'cors-origin-case',
  title: '`cors.origin` is written in upper case.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-mismatch', status: 'failing', detail: 'case' },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'AllowOriginMismatch', parameter: page.replace('localhost', 'LOCALHOST') },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: lab.page.replace('localhost', 'LOCALHOST') } }),
};
