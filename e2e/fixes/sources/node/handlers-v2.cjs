// A Socket.IO 2 server: what it does with those who come is what the region is about.
const httpServer = require('node:http').createServer();
const io = require('socket.io')(httpServer);

// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
});
httpServer.listen(Number(process.env.PORT));
