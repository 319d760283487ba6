/** Socket.IO in an application of Next.js, which redirects paths that end in a slash, and keeps its routes' paths for itself. */
import type { At, Proof } from '../proof.ts';
import { behind, each, type Fault, nothing, type Parties, quote } from './parties.ts';

/** Socket.IO is attached to a server that does not listen. */
const customServer: Fault = ({ page }) => `import { createServer } from 'node:http';
import next from 'next';
import { Server } from 'socket.io';
const app = next({ dev: true });
await app.prepare();
const io = new Server(createServer(), { cors: { origin: ${quote(page)} } });
createServer(app.getRequestHandler()).listen(process.env.PORT);`;

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

const both: Parties = [
  { fix: 'next', subject: 'next', fault: customServer },
  { fix: 'next-api', subject: 'next-api', fault: apiRoute },
];

export const nextApplications: Proof[] = [
  ...each(both, { rule: 'wrong-path-404', isSlow: true, client: at('/api/chat') }),
  ...each(both, { rule: 'polling-redirect', detail: 'trailing-slash', isSlow: true }),
  {
    rule: 'polling-redirect',
    detail: 'trailing-slash',
    fix: 'next-config',
    subject: 'next-config',
    isSlow: true,
    backends: behind((page) => ({ cors: { origin: page } })),
    fault: nothing,
  },
  {
    rule: 'not-engineio-200',
    fix: 'next-api',
    subject: 'next-api',
    isSlow: true,
    client: at('/api/socket'),
    fault: answersJson,
  },
];
