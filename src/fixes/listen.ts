/** Nothing listens: start it, on the port that the page asks for. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, NODE_V4, portOf } from './context.ts';
import { serveOverHttps } from './https.ts';
import { IMPORT_SERVER, newServer } from './socket-server.ts';

/** A server on the port in the client's URL, with a certificate where the client asks over https. */
export function startServer(context: FixContext): Fix {
  const port = portOf(context.server);
  const title = `Start the server on port \`${port}\``;
  if (context.server.startsWith('https:')) return { ...serveOverHttps(context), title };
  return {
    id: 'node-v4',
    stack: NODE_V4,
    title,
    language: 'js',
    file: 'server.js',
    code: [
      'import { createServer } from "node:http";',
      IMPORT_SERVER,
      '',
      'const httpServer = createServer();',
      ...newServer(context),
      '',
      `httpServer.listen(${port}, () => console.log("listening on port ${port}"));`,
    ].join('\n'),
  };
}
