import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const wsPathUnmatched: Scenario = {
  id: 'ws-path-unmatched',
  title: 'Server and client disagree on `path`, and the client uses WebSocket alone.',
  group: 'failing',
  expected: { rootCause: 'ws-path-unmatched', status: 'failing' },
  truth: () => ({ clientError: 'websocket error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { path: '/realtime/', cors: { origin: lab.page } });
    return clientOf(server, { transports: ['websocket'] });
  },
};
