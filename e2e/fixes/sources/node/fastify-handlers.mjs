// A Fastify application with Socket.IO beside it: what that does with those who come is what the region is about.
import Fastify from 'fastify';
import { Server } from 'socket.io';

const app = Fastify();
const io = new Server(app.server, { cors: { origin: process.env.PAGE } });

// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
