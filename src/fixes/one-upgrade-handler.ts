/** Two parties answer one upgrade: a single one may, and it decides by the path. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js, NODE_V4 } from './context.ts';
import { IMPORT_SERVER, newServer } from './socket-server.ts';

/** One `Server` for each HTTP server, and other WebSocket libraries without a server of their own. */
export function oneUpgradeHandler(context: FixContext): Fix {
  const route = block(
    'httpServer.on("upgrade", (req, socket, head) => {',
    [
      `if (req.url.startsWith(${js(context.path)})) return; // Socket.IO answers these itself`,
      'other.handleUpgrade(req, socket, head, (ws) => other.emit("connection", ws, req));',
    ],
    '});',
  );
  return {
    id: 'node-v4',
    stack: NODE_V4,
    title: 'Let one handler answer each upgrade',
    language: 'js',
    file: 'server.js',
    code: [
      IMPORT_SERVER,
      'import { WebSocketServer } from "ws";',
      '',
      '// one Server for each HTTP server: what needs a part of its own gets a namespace, io.of("/admin")',
      ...newServer(context),
      '',
      '// another WebSocket library beside it (GraphQL, a status page): without a server of its own',
      'const other = new WebSocketServer({ noServer: true });',
      ...route,
    ].join('\n'),
  };
}
