/** Namespaces: the server has to know them before a client may join. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, isDefaultPath, js } from './context.ts';
import { connectHandler, onNodeServer } from './handlers.ts';
import { connect } from './socket-client.ts';
import { nodeServers } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/** The namespace that the client asked for, as each framework defines one. */
export function defineNamespace(context: FixContext, namespace: string): Fix[] {
  const title = `Define the namespace \`${namespace}\``;
  const lines = [
    `io.of(${js(namespace)}).on("connection", (socket) => {`,
    '  console.log("joined", socket.nsp.name, socket.id);',
    '});',
  ];
  const gateway = nodeServers(context, { options: [`namespace: ${js(namespace)},`] }, title);
  const handler = { name: 'joined', body: () => [`print("joined", ${js(namespace)})`] };
  return [
    ...onNodeServer(title, lines, context.eio),
    ...gateway.filter(({ id }) => id === 'nestjs'),
    ...connectHandler(title, namespace, handler, context.eio),
  ];
}

/** `io("http://h/ws")` names a namespace; a path is an option. */
export function pathOfNamespace(context: FixContext, namespace: string): Fix {
  return fixFor(
    'browser-client',
    `If \`${namespace}\` was meant as the path, give it as \`path\``,
    connect({ ...context, path: `${namespace.replace(/\/+$/, '')}/` }),
  );
}

/** The other reading: nothing but the address was meant, and a Socket.IO server answered there. Empty where it is the same. */
export function withoutNamespace(context: FixContext, namespace: string): Fix[] {
  if (isDefaultPath(`${namespace.replace(/\/+$/, '')}/`)) return [];
  const title = `If the server that answered at \`${context.path}\` is the right one, leave \`${namespace}\` out`;
  return [{ ...fixFor('browser-client', title, connect(context)), id: 'browser-client-address' }];
}
