import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const websocketOnlyWithoutCors: Scenario = {
  id: 'websocket-only-without-cors',
  title: 'The client starts with WebSocket, which CORS does not guard: no `cors` option is needed.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  start: (lab) => crossOrigin(lab, {}, { transports: ['websocket'] }),
};
