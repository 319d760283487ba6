import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginNotInList: Scenario = {
  id: 'cors-origin-not-in-list',
  title: '`cors.origin` is a list without the page’s origin.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-not-in-list', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: ['https://chat.example.com', 'https://www.example.com'] } }),
};
