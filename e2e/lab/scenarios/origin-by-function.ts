import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';
import { connects } from '../truth.ts';

export const originByFunction: Scenario = {
  id: 'origin-by-function',
  title: 'The server decides on the origin by a function.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  start: (lab) => crossOrigin(lab, { cors: { origin: (origin, decide) => decide(null, origin === lab.page) } }),
};
