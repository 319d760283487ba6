import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const serverNoUpgrades: Scenario = {
  id: 'server-no-upgrades',
  title: 'The server is set to polling alone.',
  group: 'failing',
  expected: { rootCause: 'server-no-upgrades', status: 'degraded' },
  truth: () => ({ clientError: null, serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page }, allowUpgrades: false });
    const running = clientOf(server);
    return { ...running, client: { ...running.client, settlesAfter: 1_500 } };
  },
};
