import express from 'express';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const corsExpressOnly: Scenario = {
  id: 'cors-express-only',
  title: 'The Express app sends CORS headers, which do not reach Socket.IO.',
  group: 'failing',
  expected: { rootCause: 'cors-express-only', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const app = express().use((_request, response, next) => {
      response.set('Access-Control-Allow-Origin', lab.page);
      next();
    });
    app.get('/api/profile', (_request, response) => {
      response.json({ name: 'Ada' });
    });
    const server = await startServer(lab, {}, app);
    const { client, serverErrors } = clientOf(server);
    return { client: { ...client, fetches: [`${server.url}/api/profile`] }, serverErrors };
  },
};
