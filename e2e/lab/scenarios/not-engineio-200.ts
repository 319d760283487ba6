import express from 'express';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const notEngineio200: Scenario = {
  id: 'not-engineio-200',
  title: 'A REST interface answers every path with JSON.',
  group: 'failing',
  expected: { rootCause: 'not-engineio-200', status: 'failing' },
  truth: () => ({ clientError: 'server error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const app = express().use((_request, response) => {
      response.set('Access-Control-Allow-Origin', lab.page).json({ status: 'ok' });
    });
    return clientOf(await startServer(lab, { path: '/realtime/', cors: { origin: lab.page } }, app));
  },
};
