// A Socket.IO 2 server.
const httpServer = require('node:http').createServer();

// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
});
httpServer.listen(Number(process.env.PORT));
