/** Sessions that end although nobody closed them. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, block, type FixContext, NODE_V4 } from './context.ts';
import { connect } from './socket-client.ts';
import { IMPORT_SERVER, newServer } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/**
 * State that survives an absence, and a page that asks for what it missed (client and server 4.6).
 *
 * @param gapMs the absence that was seen, ms
 */
export function recoverState(context: FixContext, gapMs: number): Fix[] {
  if (context.eio === 3) return [];
  const recovery = block(
    'connectionStateRecovery: {',
    [
      '// in memory: with an adapter that stores packets (Redis Streams, MongoDB) it outlives a restart, too',
      `maxDisconnectionDuration: ${2 * Math.ceil(gapMs / 60_000)} * 60 * 1000, // ms; kept that long for each client that is gone`,
      'skipMiddlewares: false, // io.use() checks a client that comes back, too: its token may be no good any more',
    ],
    '},',
  );
  return [
    {
      id: 'node-v4',
      stack: NODE_V4,
      title: 'Keep a client’s rooms and packets while it is away',
      language: 'js',
      file: 'server.js',
      code: [IMPORT_SERVER, '', ...newServer(context, { options: recovery })].join('\n'),
    },
  ];
}

/** A server that says goodbye: clients reconnect at once, and to another process. */
export function closeGracefully(): Fix[] {
  return [closeNode(), closeAiohttp()];
}

/**
 * `eio.disconnect` ends the transport, after which clients come back; `sio.disconnect` would send them away for good. Not for ASGI:
 * uvicorn waits for open requests before it tells the application. Source: https://docs.aiohttp.org/en/stable/web_advanced.html#graceful-shutdown
 */
function closeAiohttp(): Fix {
  return fixFor('aiohttp', 'Close the connections when the process is stopped', [
    'import asyncio',
    '',
    '# sio: your server, app: your aiohttp application; clients get "transport close" and reconnect',
    'async def close_connections(app):',
    '    closing = [asyncio.create_task(sio.eio.disconnect(sid)) for sid in list(sio.eio.sockets)]',
    '    if closing:',
    '        await asyncio.wait(closing, timeout=5)',
    '',
    'app.on_shutdown.append(close_connections)',
  ]);
}

function closeNode(): Fix {
  return {
    id: 'node-shutdown',
    stack: NODE_V4,
    title: 'Close the connections when the process is stopped',
    language: 'js',
    file: 'server.js',
    code: [
      '// io: your Socket.IO server; clients get "transport close" and reconnect',
      ...block(
        'process.on("SIGTERM", () => {',
        [
          'io.close(() => process.exit(0));',
          'setTimeout(() => process.exit(0), 5000).unref(); // for requests of others that take long',
        ],
        '});',
      ),
    ].join('\n'),
  };
}

/** One client a page, whose requests nobody repeats. */
export function oneClient(context: FixContext): Fix {
  return {
    id: 'browser-client',
    stack: BROWSER_CLIENT,
    title: 'Let one client alone make the requests',
    language: 'js',
    file: 'client.js',
    code: [
      '// no service worker, fetch wrapper or browser extension may repeat requests with a sid:',
      '// leave them out of retries and of caches',
      ...connect(context),
    ].join('\n'),
  };
}
