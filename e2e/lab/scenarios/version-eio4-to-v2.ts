import type { Scenario } from '../scenario.ts';
import { plan, startV2Server } from '../servers.ts';

export const versionEio4ToV2: Scenario = {
  id: 'version-eio4-to-v2',
  title: 'A Socket.IO 4 client meets a Socket.IO 2 server.',
  group: 'failing',
  expected: { rootCause: 'version-eio4-to-v2', status: 'failing' },
  truth: () => ({ clientError: 'server error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    return { client: plan(4, await startV2Server(lab)), serverErrors: [] };
  },
};
