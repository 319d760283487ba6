// A Next.js application with a server of its own.
// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
  socket.on('upload', (data, answer) => answer(data.length));
});
