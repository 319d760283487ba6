// An Express application with Socket.IO beside its routes.
import { createServer } from 'node:http';
import express from 'express';

const app = express();
const httpServer = createServer(app);

// fix:start
// fix:end

app.get('/api/profile', (_request, response) => response.json({ name: 'from the lab' }));
app.get('/status/:name', (_request, response) => response.json({ status: 'ok' }));
app.get('/pages/:name', (_request, response) => response.send('<!doctype html><title>App</title>'));
io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
});
httpServer.listen(Number(process.env.PORT));
