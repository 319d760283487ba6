/** Connections that the server's own code refuses: a fresh token on every attempt, and a reconnect by hand. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, type FixContext, js, NODE_V4 } from './context.ts';
import { connect } from './socket-client.ts';

/** ms between a refusal and the next attempt, so that a lasting refusal does not become a storm. */
const RETRY_MS = 5000;

/** `auth` as a function; after CONNECT_ERROR from a middleware the client does not try again by itself. */
export function renewToken(context: FixContext, namespace: string): Fix[] {
  if (context.eio === 3) return [];
  const code = [
    '// a function is asked again on every attempt; an object would keep sending the first token',
    '// getToken() is yours: it returns a token that is valid now',
    ...connect(context, ['auth: async (cb) => cb({ token: await getToken() }),'], namespace),
    '',
    'socket.on("connect_error", (err) => {',
    '  if (socket.active) return; // connection lost: the client tries again by itself',
    '  console.warn("refused by the server:", err.message);',
    `  setTimeout(() => socket.connect(), ${RETRY_MS}); // refused: it does not`,
    '});',
  ];
  return [
    {
      id: 'browser-client',
      stack: BROWSER_CLIENT,
      title: 'Send a fresh token on every attempt, and reconnect by hand',
      language: 'js',
      file: 'client.js',
      code: code.join('\n'),
    },
  ];
}

/** Where such a refusal comes from on the server. */
export function checkMiddleware({ eio }: FixContext, namespace: string, message: string): Fix {
  // A v2 client has no `auth`; what it sends comes in the query.
  const sent = eio === 3 ? 'query' : 'auth';
  const target = namespace === '/' ? 'io' : `io.of(${js(namespace)})`;
  return {
    id: 'node-v4',
    stack: NODE_V4,
    title: 'Log what the middleware gets before it refuses',
    language: 'js',
    file: 'server.js',
    code: [
      `${target}.use((socket, next) => {`,
      `  const { ${sent}, headers } = socket.handshake;`,
      `  if (isValid(${sent}.token)) return next();`,
      `  console.warn("refused:", Object.keys(${sent}), headers.origin);`,
      `  next(new Error(${js(message)}));`,
      '});',
    ].join('\n'),
  };
}
