// An Express application: how it listens is what the region is about.
import express from 'express';

const app = express();
app.get('/status/:name', (_request, response) => response.json({ status: 'ok' }));
app.get('/pages/:name', (_request, response) => response.send('<!doctype html><title>App</title>'));

// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
});
