import { createServer } from 'node:http';
import express from 'express';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const serverlessHost: Scenario = {
  id: 'serverless-host',
  title: 'The host runs functions, and answers 404 (a Node server with Vercel’s headers stands for it).',
  group: 'failing',
  expected: { rootCause: 'serverless-host', status: 'failing', also: ['cors-missing-on-error'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const app = express().use((_request, response) => {
      response.set({ server: 'Vercel', 'x-vercel-id': 'fra1::lab-1', 'x-vercel-error': 'NOT_FOUND' });
      response.status(404).type('text/plain').send('The page could not be found');
    });
    return { client: plan(4, `http://localhost:${await lab.listen(createServer(app))}`), serverErrors: [] };
  },
};
