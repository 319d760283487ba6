import { createServer } from 'node:http';
import express from 'express';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const pollingRedirectLogin: Scenario = {
  id: 'polling-redirect-login',
  title: 'A login in front of the server sends strangers to its page.',
  group: 'failing',
  expected: { rootCause: 'polling-redirect', status: 'failing', detail: 'login' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const app = express().use((_request, response) => response.redirect('/login?next=/socket.io/'));
    return { client: plan(4, `http://localhost:${await lab.listen(createServer(app))}`), serverErrors: [] };
  },
};
