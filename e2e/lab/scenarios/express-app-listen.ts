import { createServer } from 'node:http';
import express from 'express';
import { Server } from 'socket.io';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';
import { startHttp } from '../stacks.ts';

export const expressAppListen: Scenario = {
  id: 'express-app-listen',
  title: '`app.listen()` starts a server of its own: Socket.IO hangs on one that never listens.',
  group: 'failing',
  expected: { rootCause: 'wrong-path-404', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const app = express();
    const io = new Server(createServer(app), { cors: { origin: lab.page } });
    lab.atEnd(() => io.engine.close());
    const { url } = await startHttp(lab, app);
    return { client: plan(4, url), serverErrors: [] };
  },
};
