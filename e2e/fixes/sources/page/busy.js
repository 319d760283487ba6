// The page's own code: a connection, and work that begins with it.
const socket = io(window.server);

socket.once('connect', () => {
  // fix:start
  // fix:end
});
