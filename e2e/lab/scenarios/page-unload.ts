import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';
import { connects } from '../truth.ts';

export const pageUnload: Scenario = {
  id: 'page-unload',
  title: 'The page is left and comes back with a connection open.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const { client, serverErrors } = await crossOrigin(lab, { cors: { origin: lab.page } });
    return { client: { ...client, afterwards: 'reload' }, serverErrors };
  },
};
