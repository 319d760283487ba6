/** What the server refuses within a connection, and before it. */
import { startServer } from '../../lab/servers.ts';
import type { Proof } from '../proof.ts';
import { IMPORT, nothing, quote } from './parties.ts';

export const namespaces: Proof[] = [
  {
    rule: 'invalid-namespace',
    fix: 'node-v4',
    subject: 'handlers',
    client: { arguments: ({ server }) => quote(`${server}/admin`) },
    fault: nothing,
  },
  {
    rule: 'connect-error-auth',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => {
      const { io, port } = await startServer(lab, { cors: { origin: lab.page } });
      io.use((socket, next) => next(socket.handshake.auth.token === 'valid' ? undefined : new Error('jwt expired')));
      return [port];
    },
    fault: ({ server }) => `const socket = io(${quote(server)}, { auth: { token: "stale" } });`,
  },
];

export const refusals: Proof[] = [
  {
    rule: 'allow-request-forbidden',
    fix: 'node-v2',
    subject: 'node-v2',
    client: { version: 2 },
    fault: () => 'const io = require("socket.io")(httpServer, { origins: ["https://other.example:443"] });',
  },
  {
    rule: 'middleware-rejected',
    fix: 'node-v4',
    subject: 'node-v4',
    fault: () => `${IMPORT}
const io = new Server(httpServer, { cors: { origin: (origin, callback) => callback(new Error('not allowed')) } });`,
  },
];
