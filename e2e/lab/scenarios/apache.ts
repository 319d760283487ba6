import { startApache } from '../apache.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const apache: Scenario = {
  id: 'apache',
  title: 'Apache tunnels WebSockets.',
  group: 'healthy',
  needs: 'apache',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return clientOf(server, {}, await startApache(lab, server.port));
  },
};
