/** The same path at both ends, and the HTTP server that Socket.IO is attached to. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, type FixContext, isDefaultPath, NODE_V4, portOf } from './context.ts';
import { connect } from './socket-client.ts';
import { IMPORT_SERVER, newServer } from './socket-server.ts';

/** The server at the path that the client asks for. `app.listen()` would start another HTTP server, without Socket.IO. */
export function serveAtPath(context: FixContext): Fix {
  return {
    id: 'node-v4',
    stack: NODE_V4,
    title: `Serve Socket.IO at \`${context.path}\``,
    language: 'js',
    file: 'server.js',
    code: [
      'import { createServer } from "node:http";',
      IMPORT_SERVER,
      '',
      'const httpServer = createServer(app); // app: your Express application, or any request handler',
      ...newServer(context),
      '',
      '// not app.listen(): it starts another HTTP server, without Socket.IO',
      `httpServer.listen(${portOf(context.server)});`,
    ].join('\n'),
  };
}

/** The client at the default path, where the server is unless it was told otherwise. Empty when it asks there already. */
export function askAtDefaultPath(context: FixContext): Fix[] {
  if (isDefaultPath(context.path)) return [];
  return [
    {
      id: 'browser-client',
      stack: BROWSER_CLIENT,
      title: 'Drop `path` if the server uses the default `/socket.io/`',
      language: 'js',
      file: 'client.js',
      code: connect({ ...context, path: '/socket.io/' }).join('\n'),
    },
  ];
}
