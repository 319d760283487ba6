// A Socket.IO server that has long work to do: that work is what the region is about.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const httpServer = createServer();
const io = new Server(httpServer, { cors: { origin: process.env.PAGE }, pingInterval: 1_000, pingTimeout: 1_000 });

// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
  socket.on('work', async (ms, answer) => answer(await work(ms)));
});
httpServer.listen(Number(process.env.PORT));
