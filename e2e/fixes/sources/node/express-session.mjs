// An Express application over TLS with a login, whose sessions Socket.IO goes by: how it gets them is what the region is about.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import express from 'express';

const read = (part) => readFileSync(`${process.env.CERTIFICATES}/page.${part}.pem`);
const app = express();
const httpServer = createServer({ key: read('key'), cert: read('cert') }, app);
process.env.SESSION_SECRET = 'from the lab';

// fix:start
// fix:end

app.get('/login', (request, response) => {
  request.session.user = 'from the lab';
  response.json({ id: request.sessionID });
});
app.get('/session', (request, response) => response.json({ id: request.sessionID }));
io.use((socket, next) => next(socket.request.session.user ? undefined : new Error('log in first')));
io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
  socket.on('session', (answer) => answer(socket.request.session.id));
});
httpServer.listen(Number(process.env.PORT));
