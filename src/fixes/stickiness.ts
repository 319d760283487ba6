/** Several processes behind one address: every request of a session has to reach the one that made it. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, block, type FixContext, indent, isNginxSafe, NGINX, NODE_V4 } from './context.ts';
import { connect } from './socket-client.ts';

/** nginx, by the client's address. */
export function stickyNginx({ path }: FixContext): Fix {
  const servers = ['# your processes', 'server 127.0.0.1:3001;', 'server 127.0.0.1:3002;'];
  const location = [
    '# the other lines of this location stay as they are',
    'proxy_pass http://socket_nodes;',
    'proxy_http_version 1.1;',
    'proxy_set_header Host $http_host;',
    'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    'proxy_set_header Upgrade $http_upgrade;',
    'proxy_set_header Connection $connection_upgrade;',
  ];
  return {
    id: 'nginx',
    stack: NGINX,
    title: 'Send each client to the same process again',
    language: 'nginx',
    file: 'nginx.conf',
    code: [
      '# in the http block',
      ...block('map $http_upgrade $connection_upgrade {', ['default upgrade;', '"" close;'], '}'),
      ...block(
        'upstream socket_nodes {',
        [
          '# behind another proxy all clients share its address: hash a cookie or the forwarded address there',
          'hash $remote_addr consistent;',
          ...servers,
        ],
        '}',
      ),
      '',
      '# in the server block',
      ...block(`location ${isNginxSafe(path) ? path : '/socket.io/'} {`, location, '}'),
    ].join('\n'),
  };
}

/** HAProxy, by a cookie of its own. */
export function stickyHaproxy(attributes = ''): Fix {
  return {
    id: 'haproxy',
    stack: 'HAProxy',
    title: 'Send each client to the same process again, by a cookie',
    language: 'text',
    file: 'haproxy.cfg',
    code: [
      'backend socket_nodes',
      ...indent([
        'balance roundrobin',
        `cookie SERVERID insert indirect nocache${attributes}`,
        'server node1 127.0.0.1:3001 check cookie node1',
        'server node2 127.0.0.1:3002 check cookie node2',
      ]),
    ].join('\n'),
  };
}

/** Node's own cluster (and PM2): the primary process distributes by sid. */
export function stickyCluster(): Fix {
  return {
    id: 'node-cluster',
    stack: 'Node.js cluster',
    title: 'Distribute connections with `@socket.io/sticky`',
    language: 'js',
    file: 'server.js',
    code: [
      'import cluster from "node:cluster";',
      'import { createServer } from "node:http";',
      'import { setupMaster, setupWorker } from "@socket.io/sticky";',
      '',
      '// under PM2: @socket.io/pm2 instead of pm2',
      '// a Redis adapter passes messages between processes; it does not replace this',
      ...block(
        'if (cluster.isPrimary) {',
        [
          'const httpServer = createServer();',
          'setupMaster(httpServer, { loadBalancingMethod: "least-connection" });',
          'httpServer.listen(3000);',
          'for (let i = 0; i < 4; i += 1) cluster.fork();',
        ],
        '} else {',
      ),
      '  setupWorker(io); // io: your Socket.IO server, which does not listen by itself',
      '}',
    ].join('\n'),
  };
}

/** A WebSocket is one connection, so it needs no stickiness; a network that lets none through then has no fallback. */
export function socketWithoutSticky(context: FixContext): Fix {
  return {
    id: 'browser-client',
    stack: BROWSER_CLIENT,
    title: 'Or use WebSocket alone, which needs no stickiness',
    language: 'js',
    file: 'client.js',
    code: [
      '// no fallback where a network lets no WebSocket through; CORS does not guard it: check the origin in allowRequest',
      ...connect(context, ['transports: ["websocket"],']),
    ].join('\n'),
  };
}

/** All of them. */
export function beSticky(context: FixContext): Fix[] {
  return [stickyNginx(context), stickyHaproxy(), stickyCluster(), socketWithoutSticky(context)];
}

/** Engine.IO's own cookie, for a proxy that is sticky by it, with attributes that another site needs. */
export function crossSiteCookie(): Fix {
  return {
    id: 'node-cookie',
    stack: NODE_V4,
    title: 'If the cookie is Socket.IO’s own, set its attributes',
    language: 'js',
    file: 'server.js',
    code: block(
      'const io = new Server(httpServer, {',
      ['cookie: { name: "io", httpOnly: true, sameSite: "none", secure: true },'],
      '});',
    ).join('\n'),
  };
}
