import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';
import { connects } from '../truth.ts';

export const websocketFirst: Scenario = {
  id: 'websocket-first',
  title: 'The client tries WebSocket first, and gets it.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  start: (lab) => crossOrigin(lab, { cors: { origin: lab.page } }, { transports: ['websocket', 'polling'] }),
};
