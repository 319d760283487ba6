// An Express application: how it listens is what the region is about.
import express from 'express';

const app = express();

// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
});
