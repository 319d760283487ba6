// An Express application: how it listens is what the region is about.
import express from 'express';

const app = express();
app.get('/status/:name', (_request, response) => response.json({ status: 'ok' }));

// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
});
