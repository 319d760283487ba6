import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const websocketOnly: Scenario = {
  id: 'websocket-only',
  title: 'The client starts with WebSocket.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: lab.page } }, { transports: ['websocket'] }),
};
