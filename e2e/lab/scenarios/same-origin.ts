import type { Scenario } from '../scenario.ts';
import { attachToPage, clientOf } from '../servers.ts';

export const sameOrigin: Scenario = {
  id: 'same-origin',
  title: 'Page and server share an origin: no CORS at all.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  start: async (lab) => clientOf(attachToPage(lab)),
};
