import { startApache } from '../apache.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const wsUpgrade400Apache: Scenario = {
  id: 'ws-upgrade-400-apache',
  title: 'Apache passes requests on, but has no tunnel for WebSockets.',
  group: 'failing',
  needs: 'apache',
  expected: { rootCause: 'ws-upgrade-400-proxy', status: 'degraded' },
  truth: () => ({
    clientError: null,
    transport: 'polling',
    serverError: 3,
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return clientOf(server, {}, await startApache(lab, server.port, { host: [] }));
  },
};
