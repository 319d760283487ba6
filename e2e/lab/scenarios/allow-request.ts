import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';
import { connects } from '../truth.ts';

export const allowRequest: Scenario = {
  id: 'allow-request',
  title: 'The server looks at the request’s origin itself, and lets it in.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  start: (lab) =>
    crossOrigin(lab, {
      cors: { origin: lab.page },
      allowRequest: ({ headers }, decide) => decide(null, headers.origin === lab.page),
    }),
};
