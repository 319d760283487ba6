import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const transportDisabled: Scenario = {
  id: 'transport-disabled',
  title: 'The server offers WebSocket only, and the client starts with polling.',
  group: 'failing',
  expected: { rootCause: 'transport-disabled', status: 'failing' },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: 0, corsError: null }),
  start: (lab) => crossOrigin(lab, { transports: ['websocket'], cors: { origin: lab.page } }),
};
