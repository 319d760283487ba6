/** What to turn on when the finding does not suffice: the client's own log, the server's, its events, and the request by hand. */
import { type Ask, commandFor, needsSession } from '../model/ask-by-hand.ts';
import type { DeeperLook } from '../model/finding.ts';
import { block } from './context.ts';

/** Whose log it is: Node's with or without the events of Socket.IO 4.1 and later; null for a server of which no log is known. */
export type ServerLog = 'node' | 'node-with-events' | 'python' | null;

/** @param eio Engine.IO revision that the client speaks. Sources: https://socket.io/docs/v4/logging-and-debugging/, https://socket.io/docs/v4/server-api/#event-connection_error */
export function digDeeper(ask: Ask, eio: number | null, server: ServerLog): DeeperLook[] {
  return [clientLog(eio), ...serverLog(server), askByHand(ask)];
}

function clientLog(eio: number | null): DeeperLook {
  return {
    title: 'The client’s own log',
    language: 'js',
    file: 'the page’s console, then reload with log level Verbose',
    code: [
      'localStorage.debug = "socket.io-client:*,engine.io-client:*"; // off again: localStorage.removeItem("debug")',
      ...(eio === 3 ? SLIM : NO_LOG),
    ].join('\n'),
  };
}

/** What is in the packages: the `exports` of socket.io-client 4.3 and later, and `dist/`. `./debug` came with 4.7.1. */
const NO_LOG = [
  '// bundled (Vite, webpack and others), since 4.3 there is no log in it: for now import { io } from "socket.io-client/debug" (4.7.1 and later)',
  '// as a script: socket.io.min.js, socket.io.msgpack.min.js and socket.io.esm.min.js have no log, socket.io.js has one',
];

/** Socket.IO 2. */
const SLIM = ['// as a script: socket.io.slim.js has no log, socket.io.js has one'];

function serverLog(server: ServerLog): DeeperLook[] {
  if (server === null) return [];
  if (server === 'python') return [PYTHON_LOG];
  return server === 'node' ? [NODE_LOG] : [NODE_LOG, NODE_EVENTS];
}

const PYTHON_LOG: DeeperLook = {
  title: 'The server’s log',
  language: 'py',
  file: 'server.py',
  code: '# beside the other arguments of AsyncServer, Server or SocketIO\nlogger=True,\nengineio_logger=True,',
};

const NODE_LOG: DeeperLook = {
  title: 'The server’s log',
  language: 'sh',
  file: 'terminal',
  code: 'DEBUG="engine*,socket.io*" node server.js',
};

/** They came with engine.io 5.1; an older server takes the listeners, and never calls them (its CHANGELOG.md). */
const NODE_EVENTS: DeeperLook = {
  title: 'Why the server refuses, and which headers it sends',
  language: 'js',
  file: 'server.js',
  code: [
    '// Socket.IO 4.1 and later',
    ...block(
      'io.engine.on("connection_error", ({ req, code, message, context }) => {',
      ['console.warn(req?.method, req?.url, req?.headers.origin, code, message, context);'],
      '});',
    ),
    'io.engine.on("initial_headers", (headers, req) => console.log("handshake", req.headers.origin, headers));',
    'io.engine.on("headers", (headers, req) => console.log(req.method, req.url, headers));',
  ].join('\n'),
};

function askByHand(ask: Ask): DeeperLook {
  return { title: titleOf(ask), language: 'sh', file: 'terminal', code: commandFor(ask) };
}

function titleOf(ask: Ask): string {
  if (needsSession(ask)) return 'One session by hand, asked on new connections: each line should say “ok 200”';
  const what = ask.kind === 'preflight' ? 'preflight' : ask.kind === 'websocket' ? 'upgrade' : 'handshake';
  return `The ${what} by hand, without a browser in between`;
}
