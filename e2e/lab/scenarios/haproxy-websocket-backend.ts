import { startHaproxy } from '../haproxy.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const haproxyWebsocketBackend: Scenario = {
  id: 'haproxy-websocket-backend',
  title: 'HAProxy has a backend of its own for WebSockets, where nothing listens.',
  group: 'failing',
  needs: 'haproxy',
  expected: { rootCause: 'ws-upgrade-other-status', status: 'degraded' },
  truth: () => ({
    clientError: null,
    transport: 'polling',
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const url = await startHaproxy(lab, server.port, {
      frontend: ['use_backend websockets if { hdr(Upgrade) -i websocket }'],
      backends: { websockets: [`server gone 127.0.0.1:${await lab.freePort()}`] },
    });
    return clientOf(server, {}, url);
  },
};
