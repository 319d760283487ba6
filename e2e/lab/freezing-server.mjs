// A Socket.IO server in a process of its own, whose event loop stands still once a client asks for it.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const FROZEN_MS = 60_000;

const { origin, port } = JSON.parse(process.env.LAB ?? '{}');
const http = createServer();
const io = new Server(http, { cors: { origin }, pingInterval: 1_000, pingTimeout: 1_000 });
io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
  socket.on('freeze', () => {
    const end = Date.now() + FROZEN_MS;
    while (Date.now() < end);
  });
});
http.listen(port, '127.0.0.1');
