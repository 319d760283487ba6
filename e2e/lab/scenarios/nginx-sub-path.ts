import { FORWARD_UPGRADE, startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const nginxSubPath: Scenario = {
  id: 'nginx-sub-path',
  title: 'nginx has Socket.IO below `/chat/`, and the client knows.',
  group: 'healthy',
  needs: 'nginx',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const chat = [`proxy_pass http://127.0.0.1:${server.port}/socket.io/;`, ...FORWARD_UPGRADE];
    const url = await startNginx(lab, server.port, { locations: { '/chat/socket.io/': chat } });
    return clientOf(server, { path: '/chat/socket.io/' }, url);
  },
};
