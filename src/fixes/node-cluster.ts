/** Node's own cluster (and PM2): several processes on one port, and a primary that knows whose session is where. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, indent, listenPort } from './context.ts';
import { IMPORT_SERVER, newServer } from './socket-server.ts';

const NODE_CLUSTER = { stack: 'Node.js cluster', language: 'js', file: 'server.js' } as const;

/**
 * The whole of server.js, without and with an adapter: the primary process distributes by sid, the adapter carries broadcasts from
 * process to process. Only the first cures lost sids. Sources: https://socket.io/docs/v4/using-multiple-nodes/#using-nodejs-cluster,
 * https://socket.io/docs/v4/redis-adapter/
 */
export function stickyCluster(context: FixContext): Fix[] {
  return [
    {
      ...NODE_CLUSTER,
      id: 'node-cluster',
      title: 'Distribute connections with `@socket.io/sticky`',
      code: server(context, [], NO_ADAPTER, newServer(context, {}, 'createServer()')),
    },
    {
      ...NODE_CLUSTER,
      id: 'node-cluster-redis',
      title: 'The same, and let broadcasts reach the clients of the other processes, through Redis',
      code: server(context, REDIS_IMPORTS, REDIS_CLIENTS, newServer(context, REDIS_ADAPTER, 'createServer()')),
    },
  ];
}

const NO_ADAPTER = [
  '// broadcasts stay in this worker: for more, an adapter (@socket.io/cluster-adapter on one machine, Redis on several)',
];

const REDIS_IMPORTS = [
  'import { createAdapter } from "@socket.io/redis-adapter";',
  'import { createClient } from "redis";',
];

const REDIS_CLIENTS = [
  '// carries broadcasts from process to process: it does not make connections stick',
  'const publisher = createClient({ url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" });',
  'const subscriber = publisher.duplicate();',
  'for (const client of [publisher, subscriber]) client.on("error", console.error);',
  'await Promise.all([publisher.connect(), subscriber.connect()]);',
];

const REDIS_ADAPTER = { options: ['adapter: createAdapter(publisher, subscriber),'] };

function server(
  context: FixContext,
  imports: readonly string[],
  before: readonly string[],
  io: readonly string[],
): string {
  return [
    'import cluster from "node:cluster";',
    'import { createServer } from "node:http";',
    ...imports,
    'import { setupMaster, setupWorker } from "@socket.io/sticky";',
    IMPORT_SERVER,
    '',
    '// under PM2: @socket.io/pm2 instead of pm2',
    ...block(
      'if (cluster.isPrimary) {',
      [
        'const httpServer = createServer();',
        'setupMaster(httpServer, { loadBalancingMethod: "least-connection" });',
        `httpServer.listen(${listenPort(context.server)});`,
        'cluster.setupPrimary({ serialization: "advanced" }); // requests reach the workers as bytes',
        'for (let i = 0; i < 4; i += 1) cluster.fork();',
      ],
      '} else {',
    ),
    ...indent([
      ...before,
      ...io,
      'setupWorker(io); // in place of listen(): the primary hands its connections over',
      'io.on("connection", onConnection); // onConnection: your own handlers, (socket) => { ... }',
    ]),
    '}',
  ].join('\n');
}
