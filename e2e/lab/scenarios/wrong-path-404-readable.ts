import express from 'express';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const wrongPath404Readable: Scenario = {
  id: 'wrong-path-404-readable',
  title: 'Server and client disagree on `path`, and the Express app answers with CORS headers.',
  group: 'failing',
  expected: { rootCause: 'wrong-path-404', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    const app = express().use((_request, response, next) => {
      response.set('Access-Control-Allow-Origin', lab.page);
      next();
    });
    return clientOf(await startServer(lab, { path: '/realtime/', cors: { origin: lab.page } }, app));
  },
};
