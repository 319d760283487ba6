/** The client at another address: another host, another path, or without Socket.IO. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, block, type FixContext, js } from './context.ts';
import { serveAtPath } from './path.ts';
import { connect, connectInOneLine } from './socket-client.ts';

const CLIENT = {
  id: 'browser-client',
  stack: BROWSER_CLIENT,
  language: 'js',
  file: 'client.js',
} as const;

/** The host that the page itself came from, whose name leads somewhere. */
export function connectToPageHost(context: FixContext): Fix {
  const placeholder = 'http://host.invalid';
  const { protocol, port } = URL.canParse(context.server) ? new URL(context.server) : { protocol: 'http:', port: '' };
  const url = `\`${protocol}//\${location.hostname}${port === '' ? '' : `:${port}`}\``;
  return {
    ...CLIENT,
    title: 'Use the host that the page came from, if the server runs there',
    code: connect({ ...context, server: placeholder })
      .join('\n')
      .replace(js(placeholder), () => url),
  };
}

/** A path that blockers do not know by name. */
const NEUTRAL_PATH = '/live/';

/** Both ends at a path that no list of blocked addresses names. */
export function renamePath(context: FixContext): Fix[] {
  const renamed = { ...context, path: context.path === NEUTRAL_PATH ? '/updates/' : NEUTRAL_PATH };
  return [
    {
      ...CLIENT,
      title: `Ask at \`${renamed.path}\``,
      code: [`// the server needs the same: path: ${js(renamed.path)}`, ...connect(renamed)].join('\n'),
    },
    ...serveAtPath(renamed).map((fix) => ({
      ...fix,
      code: `${fix.language === 'py' ? '#' : '//'} in the page: ${connectInOneLine(renamed)}\n${fix.code}`,
    })),
  ];
}

/** The client at a host where a process can stay. */
export function connectToLongRunningHost(context: FixContext): Fix {
  const code = connect({ ...context, server: 'https://realtime.example.com' });
  return {
    ...CLIENT,
    title: 'Run the Socket.IO server on a host that keeps processes running, and connect to it',
    code: [
      '// in place of realtime.example.com: the host of that server (a VM, a container, Fly.io, Render, Railway)',
      ...code,
    ].join('\n'),
  };
}

/** The browser's own WebSocket, for a server that speaks no Socket.IO. */
export function plainWebSocket({ server, path }: FixContext): Fix {
  const url = `${server.replace(/^http/, 'ws')}${path}`;
  return {
    ...CLIENT,
    title: 'Use the browser’s `WebSocket` for a server without Socket.IO',
    code: [
      `const socket = new WebSocket(${js(url)});`,
      ...block('socket.addEventListener("message", ({ data }) => {', ['console.log(data);'], '});'),
    ].join('\n'),
  };
}
