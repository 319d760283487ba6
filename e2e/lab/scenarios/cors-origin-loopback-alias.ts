import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsOriginLoopbackAlias: Scenario = {
  id: 'cors-origin-loopback-alias',
  title: '`cors.origin` says 127.0.0.1, the page says localhost.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-mismatch', status: 'failing', detail: 'loopback-alias' },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'AllowOriginMismatch', parameter: alias(page) },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: alias(lab.page) } }),
};

function alias(origin: string): string {
  return origin.replace('localhost', '127.0.0.1');
}
