import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginScheme: Scenario = {
  id: 'cors-origin-scheme',
  title: '`cors.origin` says https, the page is served over http.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-mismatch', status: 'failing', detail: 'scheme' },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'AllowOriginMismatch', parameter: page.replace('http:', 'https:') },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: lab.page.replace('http:', 'https:') } }),
};
