import createApp from 'express';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const express: Scenario = {
  id: 'express',
  title: 'An Express app and Socket.IO share one server, each with its own CORS headers.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const app = createApp().use((_request, response, next) => {
      response.set('Access-Control-Allow-Origin', lab.page);
      next();
    });
    app.get('/api/profile', (_request, response) => {
      response.json({ name: 'Ada' });
    });
    const server = await startServer(lab, { cors: { origin: lab.page } }, app);
    const { client, serverErrors } = clientOf(server);
    return { client: { ...client, fetches: [`${server.url}/api/profile`] }, serverErrors };
  },
};
