import { startHaproxy } from '../haproxy.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const haproxy: Scenario = {
  id: 'haproxy',
  title: 'HAProxy is between them, as it comes: it passes WebSockets on.',
  group: 'healthy',
  needs: 'haproxy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return clientOf(server, {}, await startHaproxy(lab, server.port));
  },
};
