import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const disconnect: Scenario = {
  id: 'disconnect',
  title: 'The client disconnects on purpose.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    const { client, serverErrors } = await crossOrigin(lab, { cors: { origin: lab.page } });
    return { client: { ...client, afterwards: 'disconnect' }, serverErrors };
  },
};
