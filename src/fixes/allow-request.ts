/** Handshakes that the server's own code refuses. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, NODE_V4, pathOption } from './context.ts';
import { IMPORT_SERVER, newServer } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/** `allowRequest` that says why it refuses. */
export function logAllowRequest(context: FixContext): Fix {
  const check = block(
    'allowRequest: (req, callback) => {',
    [
      'const isAllowed = mayConnect(req); // your own check: origin, cookie, address',
      'if (!isAllowed) console.warn("refused:", req.headers.origin, Object.keys(req.headers));',
      'callback(null, isAllowed);',
    ],
    '},',
  );
  return {
    id: 'node-v4',
    stack: NODE_V4,
    title: 'Log what `allowRequest` gets before it refuses',
    language: 'js',
    file: 'server.js',
    code: [
      IMPORT_SERVER,
      '',
      ...block('const io = new Server(httpServer, {', [...pathOption(context), ...check], '});'),
    ].join('\n'),
  };
}

/** An origin function that refuses without an error: with one, Socket.IO answers `400`, and the page cannot read why. */
export function refuseWithoutError(context: FixContext): Fix {
  const withPage = { ...context, page: context.page ?? context.server };
  return fixFor('node-v4', 'Refuse an origin with `callback(null, false)`', [
    IMPORT_SERVER,
    '',
    ...newServer(withPage, { originAs: 'function' }),
    '',
    '// io.engine.use(): a middleware that calls next(error) is answered 400, too. Log it there:',
    'io.engine.on("connection_error", ({ code, message, context }) => console.warn(code, message, context));',
  ]);
}
