/** Namespaces: the server has to know them before a client may join. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, type FixContext, js, NODE_V4 } from './context.ts';
import { connect } from './socket-client.ts';

/** `io.of()` with the namespace that the client asked for. */
export function defineNamespace(namespace: string): Fix {
  return {
    id: 'node-v4',
    stack: NODE_V4,
    title: `Define the namespace with \`io.of(${js(namespace)})\``,
    language: 'js',
    file: 'server.js',
    code: [
      `io.of(${js(namespace)}).on("connection", (socket) => {`,
      '  console.log("joined", socket.nsp.name, socket.id);',
      '});',
    ].join('\n'),
  };
}

/** `io("http://h/ws")` names a namespace; a path is an option. */
export function pathOfNamespace(context: FixContext, namespace: string): Fix {
  return {
    id: 'browser-client',
    stack: BROWSER_CLIENT,
    title: `If \`${namespace}\` was meant as the path, give it as \`path\``,
    language: 'js',
    file: 'client.js',
    code: connect({ ...context, path: `${namespace.replace(/\/+$/, '')}/` }).join('\n'),
  };
}
