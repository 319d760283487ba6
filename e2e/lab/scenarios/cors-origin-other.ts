import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginOther: Scenario = {
  id: 'cors-origin-other',
  title: '`cors.origin` is the address of the deployed page, and the page runs locally.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-mismatch', status: 'failing', detail: 'other' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'AllowOriginMismatch', parameter: 'https://chat.example.com' },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: 'https://chat.example.com' } }),
};
