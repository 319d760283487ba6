import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginWww: Scenario = {
  id: 'cors-origin-www',
  title: '`cors.origin` has a `www.` that the page’s origin does not have.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-mismatch', status: 'failing', detail: 'www' },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'AllowOriginMismatch', parameter: page.replace('//', '//www.') },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: lab.page.replace('//', '//www.') } }),
};
