// A Socket.IO 2 server beside the routes of an Express application.
const app = require('express')();
const httpServer = require('node:http').createServer(app);

// fix:start
// fix:end

app.get('/status/:name', (_request, response) => response.json({ status: 'ok' }));
app.get('/pages/:name', (_request, response) => response.send('<!doctype html><title>App</title>'));
io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
});
httpServer.listen(Number(process.env.PORT));
