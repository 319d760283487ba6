// A Fastify application with Socket.IO beside it: what that does with those who come is what the region is about.
import Fastify from 'fastify';
import { Server } from 'socket.io';

const app = Fastify();
const io = new Server(app.server, { cors: { origin: process.env.PAGE } });
const greet = (socket) => socket.on('hello', (name, answer) => answer(`Hello ${name}`));
const isValid = (token) => token === 'valid';
const check = async ({ auth }) => {
  if (!isValid(auth.token)) throw new Error('jwt expired');
};

// fix:start
// fix:end

for (const namespace of io._nsps.values()) namespace.on('connection', greet);
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
