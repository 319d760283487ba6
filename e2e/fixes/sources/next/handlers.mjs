// A Next.js application with a server of its own, whose options are right: what it does with those who come is what the region is about.
import { createServer } from 'node:http';
import next from 'next';
import { Server } from 'socket.io';

const app = next({ dev: process.env.NODE_ENV !== 'production' });
await app.prepare();
const httpServer = createServer(app.getRequestHandler());
const io = new Server(httpServer, { cors: { origin: process.env.PAGE } });
const greet = (socket) => socket.on('hello', (name, answer) => answer(`Hello ${name}`));
const isValid = (token) => token === 'valid';
const check = async ({ auth }) => {
  if (!isValid(auth.token)) throw new Error('jwt expired');
};

// fix:start
// fix:end

for (const namespace of io._nsps.values()) namespace.on('connection', greet);
httpServer.listen(Number(process.env.PORT));
