import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const pollingOnly: Scenario = {
  id: 'polling-only',
  title: 'The client wants nothing but polling.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'polling',
    serverError: null,
    corsError: null,
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: lab.page } }, { transports: ['polling'] }),
};
