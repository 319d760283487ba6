import { createServer } from 'node:http';
import express from 'express';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const pollingRedirectHost: Scenario = {
  id: 'polling-redirect-host',
  title: 'The server has moved to another host, and the old one redirects.',
  group: 'failing',
  expected: { rootCause: 'polling-redirect', status: 'failing', detail: 'host', also: ['cors-null-origin'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: [lab.page] } });
    const app = express().use((request, response) => {
      response.set('Access-Control-Allow-Origin', lab.page);
      response.redirect(307, `http://127.0.0.1:${server.port}${request.originalUrl}`);
    });
    return clientOf(server, {}, `http://localhost:${await lab.listen(createServer(app))}`);
  },
};
