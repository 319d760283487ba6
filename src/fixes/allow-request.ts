/** Handshakes that the server's own code refuses. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js } from './context.ts';
import { IMPORT_SERVER, newServer, nodeServers } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/** `allowRequest` that lets this page in, goes by nothing but a list of origins, and says on the server whom it refuses. */
export function allowRequestFrom(context: FixContext): Fix[] {
  const origins = [...new Set([context.page ?? context.server, context.server])].map(js).join(', ');
  const check = block(
    'allowRequest: (req, callback) => {',
    [
      'const { origin } = req.headers; // none: no browser, or a plain GET of the same origin',
      '// beside your other checks (cookie, token), which stay',
      `const isAllowed = origin === undefined || [${origins}].includes(origin);`,
      'if (!isAllowed) console.warn("refused:", origin);',
      'callback(null, isAllowed);',
    ],
    '},',
  );
  return nodeServers(
    context,
    { options: check },
    'Let `allowRequest` go by a list of origins, and log what it refuses',
  );
}

/**
 * An origin function that refuses without an error: with one, Socket.IO answers `400`, and the page cannot read why. A list, which
 * the frameworks' own examples have, never calls back with an error. Before 4.6.2 no server answers so.
 */
export function refuseWithoutError(context: FixContext): Fix[] {
  const withPage = { ...context, page: context.page ?? context.server };
  const byFunction = fixFor('node-v4', 'Refuse an origin with `callback(null, false)`', [
    IMPORT_SERVER,
    '',
    ...newServer(withPage, { originAs: 'function' }),
    '',
    '// io.engine.use(): a middleware that calls next(error) is answered 400, too. Log it there:',
    'io.engine.on("connection_error", ({ code, message, context }) => console.warn(code, message, context));',
  ]);
  const byList = nodeServers(context, {}, 'List the origins: a list refuses without an error');
  return [byFunction, ...byList.filter(({ id }) => context.page !== null && !['node-v4', 'node-v3'].includes(id))];
}
