/** The same path at both ends, and the HTTP server that Socket.IO is attached to. */
import type { Fix } from '../model/finding.ts';
import { withBefore } from './before.ts';
import { type FixContext, isDefaultPath, js, listenPort, pathInPython } from './context.ts';
import { mayBeNext, serveBesideNext } from './next.ts';
import { connect } from './socket-client.ts';
import { IMPORT_SERVER, newServer, nodeServers, pythonServers } from './socket-server.ts';
import { serverV2 } from './socket-server-v2.ts';
import { fixFor } from './stacks.ts';

/**
 * The server at the path that the client asks for. `app.listen()` would start another HTTP server, without Socket.IO.
 * @param innocent ids of those that cannot have the fault
 */
export function serveAtPath(context: FixContext, innocent: readonly string[] = []): Fix[] {
  const title = `Serve Socket.IO at \`${context.path}\``;
  const next = mayBeNext(context) ? serveBesideNext(context) : [];
  const servers = nodeServers(context, {}, title).filter(
    ({ id }) => id !== 'express' && (id !== 'next' || next.length === 0),
  );
  const express = fixFor('express', title, listenTogether(context));
  // At the default path the usual reason is `app.listen()`.
  const node = isDefaultPath(context.path) ? [express, ...servers] : [...servers, express];
  const all = [...node, ...serverV2(context, title), ...pythonAtPath(context, title)];
  return (context.isNext ? [...next, ...all] : [...all, ...next]).filter(({ id }) => !innocent.includes(id));
}

function listenTogether(context: FixContext): string[] {
  return [
    'import { createServer } from "node:http";',
    IMPORT_SERVER,
    '',
    'const httpServer = createServer(app); // app: your Express application, or any request handler',
    ...newServer(context),
    '',
    '// not app.listen(): it starts another HTTP server, without Socket.IO',
    `httpServer.listen(${listenPort(context.server)});`,
  ];
}

function pythonAtPath(context: FixContext, title: string): Fix[] {
  const path = pathInPython(context);
  const flask = pythonServers(context, { arguments: [`path=${path},`] }, title).filter(({ id }) => id === 'flask');
  const origin = context.page === null ? '' : `, cors_allowed_origins=[${js(context.page)}]`;
  const sio = (mode: string) =>
    `# sio: yours, and one that accepts the page: socketio.AsyncServer(async_mode="${mode}"${origin})`;
  return [
    fixFor('aiohttp', title, [
      sio('aiohttp'),
      '# app: your aiohttp application',
      `sio.attach(app, socketio_path=${path})`,
    ]),
    fixFor('asgi', title, [
      sio('asgi'),
      '# an application of your own (FastAPI, Starlette) goes between the two: ASGIApp(sio, your_app, socketio_path=…)',
      `app = socketio.ASGIApp(sio, socketio_path=${path})`,
    ]),
    ...flask,
  ];
}

/** The client at the default path, where the server is unless it was told otherwise. Empty when it asks there already. */
export function askAtDefaultPath(context: FixContext): Fix[] {
  if (isDefaultPath(context.path)) return [];
  const title = 'Drop `path` if the server uses the default `/socket.io/`';
  const fix = fixFor('browser-client', title, connect({ ...context, path: '/socket.io/' }));
  return [withBefore(fix, connect(context).join('\n'))];
}
