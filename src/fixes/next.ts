/** Socket.IO in an application of Next.js: a server of one's own, or an API route that starts it. */
import type { Fix } from '../model/finding.ts';
import { type FixContext, indent, js } from './context.ts';
import { connectInOneLine } from './socket-client.ts';
import { IMPORT_SERVER, newServer, nodeServers } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/** Of the file `pages/api/socket.js`. */
const ROUTE = '/api/socket';

/** Whether Next.js is what answers, or may be: its API routes are below `/api/`. */
export function mayBeNext({ isNext, path }: FixContext): boolean {
  return isNext === true || path.startsWith('/api/');
}

/**
 * Both at Socket.IO's default path: Next.js ends the WebSockets of paths at which it has a route itself (seen in 16.4,
 * `server/lib/router-server.js`, `upgradeHandler`), so the route that starts Socket.IO must not be its path.
 */
export function serveBesideNext(context: FixContext): Fix[] {
  const own = { ...context, path: '/socket.io/' };
  return [...customServer(own), apiRoute(own)];
}

function customServer(context: FixContext): Fix[] {
  const title = 'Serve Socket.IO and Next.js from one server';
  return nodeServers(context, {}, title)
    .filter(({ id }) => id === 'next')
    .map((fix) => ({ ...fix, code: `// in the page: ${connectInOneLine(context)}\n${fix.code}` }));
}

function apiRoute(context: FixContext): Fix {
  const url = js(`${context.server}${ROUTE}`);
  const statement = connectInOneLine(context, ['autoConnect: false,']);
  const start = [
    ...newServer(context, {}, 'server'),
    'io.on("connection", onConnection); // your function of a socket',
  ];
  return fixFor('next-api', 'Start Socket.IO in an API route that the page calls first', [
    '// for `next start` and `next dev` on a host that keeps the process running: functions (Vercel, Netlify) end it',
    '// not below this route’s own path, where Next.js ends WebSockets; after a restart a page has to call the route again',
    `// in the page: ${statement} fetch(${url}, { mode: "no-cors" }).finally(() => socket.connect());`,
    IMPORT_SERVER,
    '',
    'export default function handler(req, res) {',
    '  const { server } = res.socket;',
    '  if (!server.io) {',
    ...indent([...start, 'server.io = io;'], 2),
    '  }',
    '  res.end();',
    '}',
  ]);
}

/**
 * Next.js passes Socket.IO's path on by `rewrites`, and would take the slash from its end.
 * Source: https://nextjs.org/docs/app/api-reference/config/next-config-js/trailingSlash
 */
export function keepSlashInNext(): Fix {
  return fixFor('next-config', 'Keep Next.js from redirecting paths that end in a slash', [
    '// nextConfig: the object that this file exports',
    'nextConfig.skipTrailingSlashRedirect = true;',
  ]);
}
