/** Handshakes that the server's own code refuses. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js, NODE_V4, pathOption } from './context.ts';
import { IMPORT_SERVER } from './socket-server.ts';

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
  const options = [
    ...block(
      'cors: {',
      [
        ...block(
          'origin: (origin, callback) => {',
          [
            '// never callback(new Error(…)): since 4.6.2 that is answered 400',
            'callback(null, allowed.includes(origin));',
          ],
          '},',
        ),
        'credentials: true,',
      ],
      '},',
    ),
  ];
  return {
    id: 'node-v4',
    stack: NODE_V4,
    title: 'Refuse an origin with `callback(null, false)`',
    language: 'js',
    file: 'server.js',
    code: [
      IMPORT_SERVER,
      '',
      `const allowed = [${js(context.page ?? context.server)}];`,
      ...block('const io = new Server(httpServer, {', [...pathOption(context), ...options], '});'),
      '',
      '// io.engine.use(): a middleware that calls next(error) is answered 400, too. Log it there:',
      'io.engine.on("connection_error", ({ code, message, context }) => console.warn(code, message, context));',
    ].join('\n'),
  };
}
