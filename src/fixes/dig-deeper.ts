/** What to turn on when the finding does not suffice: the client's own log, the server's, its events, and the request by hand. */
import type { DeeperLook } from '../model/finding.ts';
import { type FixContext, isNginxSafe, js } from './context.ts';

/** Sources: https://socket.io/docs/v4/logging-and-debugging/, https://socket.io/docs/v4/server-api/#event-connection_error */
export function digDeeper(context: FixContext, isPython: boolean): DeeperLook[] {
  return [
    {
      title: 'The client’s own log',
      language: 'js',
      file: 'the page’s console, then reload with log level Verbose',
      code: 'localStorage.debug = "socket.io-client:*,engine.io-client:*"; // off again: localStorage.removeItem("debug")',
    },
    ...(isPython ? [pythonLog()] : nodeLog(context)),
    ...askByHand(context),
  ];
}

function pythonLog(): DeeperLook {
  return {
    title: 'The server’s log',
    language: 'py',
    file: 'server.py',
    code: '# beside the other arguments of AsyncServer, Server or SocketIO\nlogger=True,\nengineio_logger=True,',
  };
}

function nodeLog({ eio }: FixContext): DeeperLook[] {
  const log: DeeperLook = {
    title: 'The server’s log',
    language: 'sh',
    file: 'terminal',
    code: 'DEBUG="engine*,socket.io*" node server.js',
  };
  if (eio === 3) return [log];
  return [
    log,
    {
      title: 'Why the server refuses, and which headers it sends',
      language: 'js',
      file: 'server.js',
      code: [
        'io.engine.on("connection_error", ({ req, code, message, context }) => {',
        '  console.warn(req?.method, req?.url, req?.headers.origin, code, message, context);',
        '});',
        'io.engine.on("initial_headers", (headers, req) => console.log("handshake", req.headers.origin, headers));',
        'io.engine.on("headers", (headers, req) => console.log(req.method, req.url, headers));',
      ].join('\n'),
    },
  ];
}

/** Empty where a value cannot stand in a command. */
function askByHand({ server, path, page, eio }: FixContext): DeeperLook[] {
  if (![server, path, page ?? ''].every((value) => value === '' || isNginxSafe(value))) return [];
  const origin = page === null ? '' : ` -H ${js(`Origin: ${page}`)}`;
  const url = `"${server}${path}?EIO=${eio ?? 4}&transport=polling"`;
  return [
    {
      title: 'The handshake by hand, without a browser in between',
      language: 'sh',
      file: 'terminal',
      code: `curl -i --max-time 5${origin} ${url}`,
    },
  ];
}
