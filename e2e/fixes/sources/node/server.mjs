// A Socket.IO server of Node.js (v3, v4) as its users write it.
import { createServer } from 'node:http';

const httpServer = createServer();

// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
  socket.on('upload', (data, answer) => answer(data.length));
});
httpServer.listen(Number(process.env.PORT));
