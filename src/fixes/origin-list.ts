/** Servers that let any website in: a list of origins, held up over every transport. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js, NODE_V4, pathOption } from './context.ts';
import { IMPORT_SERVER } from './socket-server.ts';

/**
 * `cors` with a list, and the same list in `allowRequest`: CORS alone guards neither WebSocket nor a request whose answer
 * nobody reads.
 *
 * @param origin the origin to allow
 */
export function allowOnlyListed(context: FixContext, origin: string): Fix {
  const check = block(
    'allowRequest: (req, callback) => {',
    [
      'const { origin } = req.headers; // none: same origin, or no browser',
      'callback(null, origin === undefined || allowed.includes(origin));',
    ],
    '},',
  );
  const cors = ['cors: { origin: allowed, credentials: true },'];
  const eio3 = context.eio === 3 ? ['allowEIO3: true, // the page uses a v2 client (EIO=3)'] : [];
  return {
    id: 'node-v4',
    stack: NODE_V4,
    title: 'Allow the origins that you trust, and no other',
    language: 'js',
    file: 'server.js',
    code: [
      IMPORT_SERVER,
      '',
      '// every origin that may connect (the server’s own, if it serves pages); never "null"',
      `const allowed = [${js(origin)}];`,
      ...block('const io = new Server(httpServer, {', [...pathOption(context), ...eio3, ...cors, ...check], '});'),
    ].join('\n'),
  };
}
