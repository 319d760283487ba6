import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const extraHeaders: Scenario = {
  id: 'extra-headers',
  title: 'The client has `extraHeaders`, and the server allows them.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy', also: ['extra-headers-force-preflight'] },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: lab.page } }, { extraHeaders: { 'x-token': 'abc' } }),
};
