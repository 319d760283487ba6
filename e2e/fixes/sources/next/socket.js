// The API route of a Next.js application that starts Socket.IO.
// fix:start
// fix:end

function onConnection(socket) {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
}
