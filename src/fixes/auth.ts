/** Connections that the server's own code refuses: a fresh token on every attempt, and a reconnect by hand. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, js } from './context.ts';
import { connectHandler, middleware, REFUSAL } from './handlers.ts';
import { connect } from './socket-client.ts';
import { fixFor } from './stacks.ts';

/** ms between a refusal and the next attempt, so that a lasting refusal does not become a storm. */
const RETRY_MS = 5000;

/** `auth` as a function; after CONNECT_ERROR from a middleware the client does not try again by itself. */
export function renewToken(context: FixContext, namespace: string): Fix[] {
  if (context.eio === 3) return [];
  const code = [
    '// a function is asked again on every attempt; an object would keep sending the first token',
    '// getToken() is yours: it resolves to a token that is valid now; without one the server still gets to answer',
    ...connect(context, ['auth: (cb) => getToken().then((token) => cb({ token }), () => cb({})),'], namespace),
    '',
    'socket.on("connect_error", (err) => {',
    '  if (socket.active) return; // connection lost: the client tries again by itself',
    '  console.warn("refused by the server:", err.message);',
    `  setTimeout(() => socket.connect(), ${RETRY_MS}); // refused: it does not`,
    '});',
  ];
  return [fixFor('browser-client', 'Send a fresh token on every attempt, and reconnect by hand', code)];
}

/** The check reads the place that the client writes to, and says on the server what it lacked; never the token itself. */
export function checkToken({ eio }: FixContext, namespace: string, message: string): Fix[] {
  // A v2 client has no `auth`; what it sends comes in the query.
  const sent = eio === 3 ? 'query' : 'auth';
  const title = `Check the token that comes in \`${sent}\`, and log who is refused`;
  const body = [
    ...(eio === 3
      ? ['// a query ends up in logs and HAR files: a token that is good for minutes; v3 and later have `auth`']
      : []),
    `const { ${sent}, headers } = socket.handshake;`,
    'try {',
    `  if (await isValid(${sent}.token)) return next();`,
    '} catch (err) {',
    '  console.warn(err); // many checks throw for a token that has expired',
    '}',
    `console.warn("refused:", Object.keys(${sent}), headers.origin);`,
    `next(new Error(${js(message)}));`,
  ];
  const handler = {
    imports: REFUSAL,
    note: 'in place of your connect handler; is_valid() is yours, a plain function',
    name: 'check_token',
    body: () => [
      'sent = auth if isinstance(auth, dict) else {}',
      'if not is_valid(sent.get("token")):',
      '    print("refused:", list(sent))',
      `    raise ConnectionRefusedError(${js(message)})`,
    ],
  };
  return [
    ...middleware(title, 'in place of the middleware that refuses; isValid() is yours', namespace, body, eio),
    ...connectHandler(title, namespace, handler, eio),
  ];
}

/** A check that answers on every path, errors included: one that neither lets in nor refuses leaves the client waiting. */
export function answerConnect({ eio }: FixContext, namespace: string): Fix[] {
  const title = 'Answer on every path of the check, errors included';
  const body = [
    'try {',
    '  await check(socket.handshake);',
    '  next();',
    '} catch (err) {',
    '  console.warn(err); // stays here: the client gets the message below',
    '  next(new Error("refused"));',
    '}',
  ];
  const handler = {
    imports: REFUSAL,
    note: 'in place of your connect handler; check() is yours: it raises when the client may not join',
    name: 'check_client',
    body: (isAsync: boolean) => [
      'try:',
      `    ${isAsync ? 'await ' : ''}check(auth)`,
      'except Exception as error:',
      '    # any other exception is only logged, and the client waits for ever',
      '    print("refused:", error)',
      '    raise ConnectionRefusedError("refused")',
    ],
  };
  return [
    ...middleware(title, 'check() is yours: it throws when the client may not join', namespace, body, eio),
    ...connectHandler(title, namespace, handler, eio),
  ];
}
