import type { Scenario } from '../scenario.ts';
import { startServer } from '../servers.ts';

export const twoServers: Scenario = {
  id: 'two-servers',
  title: 'The page uses two servers, and only one of them has a `cors` option.',
  group: 'failing',
  expected: { rootCause: 'cors-not-configured', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const [good, bad] = [await startServer(lab, { cors: { origin: lab.page } }), await startServer(lab)];
    const connections = [good, bad].map(({ url }) => ({ url, options: {} }));
    return { client: { version: 4, connections }, serverErrors: good.errors };
  },
};
