// A Socket.IO 2 server whose region is all of it, but for what it does with those who come.
// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
});
