/** Socket.IO in an application of Next.js, which redirects paths that end in a slash, and keeps its routes' paths for itself. */
import type { At, Proof } from '../proof.ts';
import { behind, customServer, each, type Fault, IMPORT, nothing, type Parties, quote } from './parties.ts';
import { byPath } from './paths.ts';

/** @param on the HTTP server, as JavaScript */
const socketIo =
  (on: string): Fault =>
  ({ page }) =>
    `${IMPORT}\nconst io = new Server(${on}, { cors: { origin: ${quote(page)} } });`;

/** Socket.IO is attached to a server that does not listen. */
const besides: Fault = (at) => customServer(socketIo('createServer()')(at));

/** All is right with the server: the page asks for another path. */
const attached: Fault = (at) => customServer(socketIo('httpServer')(at));

/** Next.js neither says that it is there nor takes the slash from a path's end. */
const unnamed = { fix: 'next', variant: 'unnamed', subject: 'next-unnamed', isSlow: true, fault: attached } as const;

/** As many tutorials have it: Socket.IO at the route's own path, which the page does not call first. */
const apiRoute: Fault = ({ page }) => `import { Server } from 'socket.io';
export default function handler(req, res) {
  const { server } = res.socket;
  if (!server.io) {
    server.io = new Server(server, { path: '/api/socket', addTrailingSlash: false, cors: { origin: ${quote(page)} } });
    server.io.on('connection', onConnection);
  }
  res.setHeader('Access-Control-Allow-Origin', ${quote(page)});
  res.end();
}`;

const answersJson: Fault = ({ page }) => `export default function handler(req, res) {
  res.setHeader('Access-Control-Allow-Origin', ${quote(page)});
  res.json({ status: 'ok' });
}`;

const at = (path: string) => ({
  arguments: ({ server }: At) => `${quote(server)}, { path: ${quote(path)}, addTrailingSlash: false }`,
});

const own = { fix: 'next', subject: 'next', isSlow: true } as const;
const both: Parties = [
  { ...own, fault: besides },
  { fix: 'next-api', subject: 'next-api', isSlow: true, fault: apiRoute },
];

export const nextApplications: Proof[] = [
  ...each(both, { rule: 'wrong-path-404', client: at('/api/chat') }),
  { ...unnamed, rule: 'wrong-path-404', client: byPath('/live/') },
  ...each(both, { rule: 'polling-redirect', detail: 'trailing-slash' }),
  {
    ...own,
    rule: 'polling-redirect',
    detail: 'trailing-slash',
    variant: 'development',
    subject: 'next-development',
    fault: besides,
  },
  {
    rule: 'polling-redirect',
    detail: 'trailing-slash',
    fix: 'next-config',
    subject: 'next-config',
    isSlow: true,
    backends: behind((page) => ({ cors: { origin: page } })),
    fault: nothing,
  },
  { ...own, rule: 'not-engineio-200', client: at('/api/status'), fault: attached },
  { ...unnamed, rule: 'not-engineio-200', client: byPath('/status/live/') },
  {
    rule: 'not-engineio-200',
    fix: 'next-api',
    subject: 'next-api',
    isSlow: true,
    client: at('/api/socket'),
    fault: answersJson,
  },
];
