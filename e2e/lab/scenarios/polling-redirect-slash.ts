import { createServer } from 'node:http';
import express from 'express';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const pollingRedirectSlash: Scenario = {
  id: 'polling-redirect-slash',
  title: 'A web framework takes the slash from the end of every path, as Next.js does.',
  group: 'failing',
  expected: { rootCause: 'polling-redirect', status: 'failing', detail: 'trailing-slash', also: ['wrong-path-404'] },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const app = express().use((request, response, next) => {
      response.set('Access-Control-Allow-Origin', lab.page);
      const [path = '', query = ''] = request.originalUrl.split('?');
      if (path.endsWith('/')) response.redirect(308, `${path.slice(0, -1)}?${query}`);
      else next();
    });
    return { client: plan(4, `http://localhost:${await lab.listen(createServer(app))}`), serverErrors: [] };
  },
};
