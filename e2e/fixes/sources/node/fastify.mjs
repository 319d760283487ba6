// A Fastify application with Socket.IO beside its routes, which have CORS of their own.
import Fastify from 'fastify';

const app = Fastify();
app.addHook('onRequest', async (_request, reply) => {
  reply.header('access-control-allow-origin', process.env.PAGE);
});

// fix:start
// fix:end

app.get('/api/profile', async () => ({ name: 'from the lab' }));
app.get('/status/:name/', async () => ({ status: 'ok' }));
app.get('/pages/:name/', async (_request, reply) => reply.type('text/html').send('<!doctype html><title>App</title>'));
io.on('connection', (socket) => {
  socket.on('hello', (name, answer) => answer(`Hello ${name}`));
  socket.on('upload', (data, answer) => answer(data.length));
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
