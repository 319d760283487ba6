import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';
import { connects } from '../truth.ts';

export const pollingByChoice: Scenario = {
  id: 'polling-by-choice',
  title: 'The client stays on polling on purpose: `upgrade: false`.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('polling'),
  start: (lab) => crossOrigin(lab, { cors: { origin: lab.page } }, { upgrade: false }),
};
