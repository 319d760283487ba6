import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const wildcardOrigin: Scenario = {
  id: 'wildcard-origin',
  title: '`cors.origin` is `*`, and the client sends no credentials.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: '*' } }),
};
