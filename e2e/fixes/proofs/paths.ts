/** Addresses at which no Socket.IO is. */
import { startServer } from '../../lab/servers.ts';
import type { At, Proof } from '../proof.ts';
import { each, type Fault, IMPORT, inNode, quote } from './parties.ts';

const atPath = { arguments: ({ server }: At) => `${quote(server)}, { path: "/live/" }` };

const onExpress: Fault = ({ page }) =>
  `${IMPORT}\nconst io = new Server(httpServer, { cors: { origin: ${quote(page)} } });`;

export const paths: Proof[] = [
  { rule: 'wrong-path-404', fix: 'node-v4', subject: 'express', client: atPath, fault: onExpress },
  { rule: 'wrong-path-404', fix: 'node-v3', subject: 'express-v3', client: atPath, fault: onExpress },
  {
    rule: 'wrong-path-404',
    fix: 'express',
    variant: 'app.listen',
    subject: 'express-app',
    fault: ({ port, page }) =>
      `import { createServer } from 'node:http';
import { Server } from 'socket.io';
const io = new Server(createServer(app), { cors: { origin: ${quote(page)} } });
app.listen(${port});`,
  },
  {
    rule: 'wrong-path-404',
    fix: 'express',
    variant: 'path',
    subject: 'express-app',
    client: atPath,
    fault: ({ port, page }) =>
      `import { createServer } from 'node:http';
import { Server } from 'socket.io';
const httpServer = createServer(app);
const io = new Server(httpServer, { cors: { origin: ${quote(page)} } });
httpServer.listen(${port});`,
  },
  ...each(
    inNode(({ page }) => `{ cors: { origin: ${quote(page)} } }`).filter(({ fix }) => fix === 'nestjs'),
    { rule: 'wrong-path-404', client: atPath },
  ),
  {
    rule: 'wrong-path-404',
    fix: 'aiohttp',
    subject: 'aiohttp-attach',
    client: atPath,
    fault: () => 'sio.attach(app)',
  },
  {
    rule: 'wrong-path-404',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => [
      (await startServer(lab, { cors: { origin: lab.page } }, (_, response) => response.writeHead(404).end())).port,
    ],
    fault: ({ server }) => `const socket = io(${quote(server)}, { path: "/live/" });`,
  },
];
