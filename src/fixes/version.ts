/** Client and server of different majors: upgrade the client, or let the server accept it. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, type FixContext, js, PYTHON } from './context.ts';
import { enableCors } from './cors.ts';
import { type CorsAnswer, nodeServers } from './socket-server.ts';

/** `allowEIO3`; a v2 client sends cookies, so the page needs a listed origin and `credentials`, never `*`. */
export function allowEio3(context: FixContext, answers?: CorsAnswer): Fix[] {
  // Without them nobody knows what its `cors` is; a page of the same origin needs none.
  const now = answers || context.page === null ? { answers, refusesEio3: true } : undefined;
  return enableCors({ ...context, eio: 3 }, { now }, 'Accept v2 clients with `allowEIO3`');
}

/** Socket.IO 3.0 has no `allowEIO3` yet: it came with 3.1. */
export function upgradeServer(context: FixContext): Fix[] {
  const title = 'Upgrade the server to v4, and accept v2 clients with `allowEIO3`';
  return afterInstall(context, title, '// first: npm install socket.io@4');
}

function afterInstall(context: FixContext, title: string, first: string): Fix[] {
  return nodeServers(context, {}, title)
    .filter(({ id }) => id !== 'node-v3')
    .map((fix) => ({ ...fix, code: `${first}\n${fix.code}` }));
}

/** A v2 server at the client's major. v3 and later allow no other origin by themselves. */
export function upgradeV2Server(context: FixContext): Fix[] {
  const first = '// first: npm install socket.io@4, and read the migration guide from v2 to v3';
  return afterInstall(context, 'Upgrade the server to Socket.IO v4', first);
}

/** The client that a v2 server understands. */
export function downgradeClient(): Fix {
  return {
    id: 'browser-client',
    stack: BROWSER_CLIENT,
    title: 'Use `socket.io-client` v2 until the server is upgraded',
    language: 'sh',
    file: 'terminal',
    code: 'npm install socket.io-client@2',
  };
}

/** A Python server that speaks protocol 3: python-socketio 4 on python-engineio 3, the last that do. */
export function downgradePython(): Fix {
  return {
    id: 'python',
    stack: PYTHON,
    title: 'Stay on python-socketio 4 where old clients cannot be upgraded',
    language: 'sh',
    file: 'terminal',
    code: 'pip install "python-socketio>=4,<5" "python-engineio>=3,<4"',
  };
}

/** The client at the server's major. Cross-origin, the server still has to allow the page: v3+ allows none by itself. */
export function upgradeClient({ page }: FixContext): Fix {
  const cors =
    page === null
      ? []
      : [`# on the server, v3 and later allow no other origin by themselves: cors: { origin: [${js(page)}] }`];
  return {
    id: 'browser-client',
    stack: BROWSER_CLIENT,
    title: 'Upgrade the client to `socket.io-client` v4',
    language: 'sh',
    file: 'terminal',
    code: ['npm install socket.io-client@4', ...cors].join('\n'),
  };
}
