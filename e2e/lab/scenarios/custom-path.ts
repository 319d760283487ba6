import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const customPath: Scenario = {
  id: 'custom-path',
  title: 'Server and client agree on a `path` of their own.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  start: (lab) => crossOrigin(lab, { path: '/realtime/', cors: { origin: lab.page } }, { path: '/realtime/' }),
};
