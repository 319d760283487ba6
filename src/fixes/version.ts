/** Client and server of different majors: upgrade the client, or let the server accept it. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, js, PYTHON } from './context.ts';
import { enableCors } from './cors.ts';
import { connect } from './socket-client.ts';
import { type CorsAnswer, nodeServers } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/** `allowEIO3`; a v2 client sends cookies, so the page needs a listed origin and `credentials`, never `*`. */
export function allowEio3(context: FixContext, answers?: CorsAnswer): Fix[] {
  // Without them nobody knows what its `cors` is; a page of the same origin needs none.
  const now = answers || context.page === null ? { answers, refusesEio3: true } : undefined;
  return enableCors({ ...context, eio: 3 }, { now }, 'Accept v2 clients with `allowEIO3`');
}

/** Socket.IO 3.0 has no `allowEIO3` yet: it came with 3.1. */
export function upgradeServer(context: FixContext): Fix[] {
  return afterInstall(context, 'Upgrade the server to v4, and accept v2 clients with `allowEIO3`');
}

/** NestJS brings the Socket.IO that it was made for: v4 since its own version 8. */
const PACKAGES: Readonly<Record<string, string>> = {
  nestjs: ['core', 'common', 'platform-express', 'websockets', 'platform-socket.io']
    .map((name) => `@nestjs/${name}@latest`)
    .join(' '),
};

function afterInstall(context: FixContext, title: string, note = ''): Fix[] {
  return nodeServers(context, {}, title)
    .filter(({ id }) => id !== 'node-v3' && id !== 'node-v2')
    .map((fix) => ({ ...fix, code: `// first: npm install ${PACKAGES[fix.id] ?? 'socket.io@4'}${note}\n${fix.code}` }));
}

/** A v2 server at the client's major. v3 and later allow no other origin by themselves. */
export function upgradeV2Server(context: FixContext): Fix[] {
  return afterInstall(context, 'Upgrade the server to Socket.IO v4', ', and read the migration guide from v2 to v3');
}

/** The client that a v2 server understands. */
export function downgradeClient(context: FixContext): Fix {
  return fixFor('browser-client', 'Use `socket.io-client` v2 until the server is upgraded', [
    '// first: npm install socket.io-client@2',
    ...connect({ ...context, eio: 3 }),
  ]);
}

/** A Python server that speaks protocol 3: python-socketio 4 on python-engineio 3, the last that do. */
export function downgradePython(): Fix {
  return {
    id: 'python',
    stack: PYTHON,
    title: 'Stay on python-socketio 4 where old clients cannot be upgraded',
    language: 'sh',
    file: 'terminal',
    code: [
      '# with Flask-SocketIO also: "Flask-SocketIO>=4,<5"',
      'pip install "python-socketio>=4,<5" "python-engineio>=3,<4"',
    ].join('\n'),
  };
}

/**
 * The client at the server's major. Cross-origin, the server still has to allow the page: v3+ allows none by itself. That a v2
 * client sends cookies says nothing: it always does.
 */
export function upgradeClient(context: FixContext): Fix {
  const { page, isSocketFirst } = context;
  const isAllowed = page === null || isSocketFirst;
  return clientV4(
    context,
    isAllowed
      ? []
      : [`// on the server, v3 and later allow no other origin by themselves: cors: { origin: [${js(page)}] }`],
  );
}

/**
 * The same for a Python server, which asks for the origin first: only where it said that the version is wrong, the origin is
 * right. @param isAllowed whether it said so
 */
export function upgradeClientOfPython(context: FixContext, isAllowed: boolean): Fix {
  const { page } = context;
  return clientV4(
    context,
    page === null || isAllowed
      ? []
      : [`// on the server, if its list does not have the page yet: cors_allowed_origins=[${js(page)}]`],
  );
}

function clientV4(context: FixContext, onServer: readonly string[]): Fix {
  return fixFor('browser-client', 'Upgrade the client to `socket.io-client` v4', [
    '// first: npm install socket.io-client@4',
    ...onServer,
    ...connect({ ...context, credentials: 'unknown' }),
  ]);
}
