// A server with work that takes long: where it is done is what the region is about.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const httpServer = createServer();
const io = new Server(httpServer, { cors: { origin: process.env.PAGE }, pingInterval: 1_000, pingTimeout: 1_000 });
const LONG = 'const end = Date.now() + 5_000;\nwhile (Date.now() < end);\n';
writeFileSync(
  new URL('work.js', import.meta.url),
  `const { parentPort, workerData } = require('node:worker_threads');\n${LONG}parentPort.postMessage(workerData);\n`,
);

// fix:start
// fix:end

io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
  socket.on('work', async (input, answer) => answer(await work(input)));
});
httpServer.listen(Number(process.env.PORT));
