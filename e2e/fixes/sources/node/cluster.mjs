// A Socket.IO server of several processes: how they share one port is what the region is about.
function onConnection(socket) {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
  socket.on('who', (answer) => answer(process.pid));
  socket.on('tell', (text) => socket.broadcast.emit('told', text));
}

// fix:start
// fix:end
