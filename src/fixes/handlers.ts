/** Code for a server that is there already: `io` in every framework of Node.js, the gateway in NestJS, `sio` or `socketio` in Python. */
import type { Fix } from '../model/finding.ts';
import { indent, js } from './context.ts';
import { fixFor } from './stacks.ts';

/** Where `io` is: the same lines for all of them. A v2 server only where the client is one of v2. */
export function onNodeServer(title: string, lines: readonly string[], eio: number | null): Fix[] {
  const v2 = eio === 3 ? (['node-v2'] as const) : [];
  return (['node-v4', 'express', 'fastify', 'next', 'node-v3', ...v2] as const).map((id) => fixFor(id, title, lines));
}

/** One middleware of a namespace, by itself and as a method of NestJS' gateway, which gets its namespace as `server`. */
export function middleware(
  title: string,
  note: string,
  namespace: string,
  body: readonly string[],
  eio: number | null,
) {
  const target = namespace === '/' ? 'io' : `io.of(${js(namespace)})`;
  const use = (on: string) => [`${on}.use(async (socket, next) => {`, ...indent(body), '});'];
  const method = ['afterInit(server: Server) {', ...indent(use('server')), '}'];
  return [
    ...onNodeServer(title, [`// ${note}`, ...use(target)], eio),
    fixFor('nestjs', title, [`// a method of your gateway; ${note}`, ...method]),
  ];
}

interface Handler {
  /** Import lines for python-socketio alone and for Flask-SocketIO. */
  imports?: { socketio: readonly string[]; flask: readonly string[] };
  note?: string;
  /** Name of the function. */
  name: string;
  /** Body of the function. `isAsync`: it may await. */
  body(isAsync: boolean): string[];
}

/** A `connect` handler of a namespace, in each framework. None for a v2 client: its Python servers speak one protocol. */
export function connectHandler(title: string, namespace: string, handler: Handler, eio: number | null): Fix[] {
  if (eio === 3) return [];
  const place = namespace === '/' ? '' : `, namespace=${js(namespace)}`;
  const { imports = { socketio: [], flask: [] }, note, name, body } = handler;
  const lines = (from: readonly string[], server: string, head: string, isAsync: boolean) => [
    ...from,
    ...(from.length > 0 ? [''] : []),
    ...(note ? [`# ${note}`] : []),
    `@${server}.on("connect"${place})`,
    head,
    ...indent(body(isAsync), 2),
  ];
  const plain = lines(imports.socketio, 'sio', `async def ${name}(sid, environ, auth):`, true);
  return [
    fixFor('aiohttp', title, plain),
    fixFor('asgi', title, plain),
    fixFor('flask', title, lines(imports.flask, 'socketio', `def ${name}(auth):`, false)),
  ];
}

/** What a `connect` handler raises to refuse a client, with a message that the client gets. */
export const REFUSAL = {
  socketio: ['from socketio.exceptions import ConnectionRefusedError'],
  flask: ['from flask_socketio import ConnectionRefusedError'],
};
