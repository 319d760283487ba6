import type { Scenario } from '../scenario.ts';
import { plan, startV3Server } from '../servers.ts';

export const wsSilentAfter101: Scenario = {
  id: 'ws-silent-after-101',
  title: 'A Socket.IO 2 client that uses WebSocket alone meets a Socket.IO 3.1 server, which says nothing.',
  group: 'failing',
  expected: { rootCause: 'ws-silent-after-101', status: 'failing' },
  truth: () => ({ clientError: 'timeout', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const server = await startV3Server(lab);
    return { client: plan(2, server.url, { transports: ['websocket'], timeout: 6000 }), serverErrors: server.errors };
  },
};
