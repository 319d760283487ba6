/** Two parties answer one upgrade: a single one may, and it decides by the path. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js } from './context.ts';
import { IMPORT_SERVER, newServer } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/** One `Server` for each HTTP server, and other WebSocket libraries without a server of their own. */
export function oneUpgradeHandler(context: FixContext): Fix[] {
  const route = block(
    'httpServer.on("upgrade", (req, socket, head) => {',
    [
      `if (req.url.startsWith(${js(context.path)})) return; // Socket.IO answers these itself`,
      'other.handleUpgrade(req, socket, head, (ws) => other.emit("connection", ws, req));',
    ],
    '});',
  );
  const lines = [
    IMPORT_SERVER,
    'import { WebSocketServer } from "ws";',
    '',
    '// one Server for each HTTP server: what needs a part of its own gets a namespace, io.of("/admin")',
    ...newServer(context),
    '',
    '// another WebSocket library beside it (GraphQL, a status page): without a server of its own',
    'const other = new WebSocketServer({ noServer: true });',
    ...route,
  ];
  return (['node-v4', 'express', 'node-v3'] as const).map((id) =>
    fixFor(id, 'Let one handler answer each upgrade', lines),
  );
}
