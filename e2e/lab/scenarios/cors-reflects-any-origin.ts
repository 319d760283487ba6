import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsReflectsAnyOrigin: Scenario = {
  id: 'cors-reflects-any-origin',
  title: '`cors.origin` is `true`, with credentials: even a sandboxed page of any site gets in.',
  group: 'failing',
  expected: { rootCause: 'cors-reflects-any-origin', status: 'degraded' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    const { client, serverErrors } = await crossOrigin(lab, { cors: { origin: true, credentials: true } });
    return { client: { ...client, isSandboxed: true }, serverErrors };
  },
};
