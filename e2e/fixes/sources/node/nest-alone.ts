// A NestJS application whose region is all of it, but for what it does with those who come.
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Socket } from 'socket.io';

const { createIOServer } = IoAdapter.prototype;
IoAdapter.prototype.createIOServer = function createAnswering(port: number, options?: object) {
  const io = createIOServer.call(this, port, options);
  io.on('connection', (socket: Socket) => {
    socket.on('hello', (name: string, answer: (text: string) => void) => answer(`Hello ${name}`));
  });
  return io;
};

// fix:start
// fix:end
