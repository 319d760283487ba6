import { createServer } from 'node:http';
import express from 'express';
import { certificate } from '../certificates.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startSecureServer } from '../servers.ts';

export const pollingRedirectHttps: Scenario = {
  id: 'polling-redirect-https',
  title: 'The server sends `http` to `https`.',
  group: 'failing',
  expected: { rootCause: 'polling-redirect', status: 'failing', detail: 'http-to-https' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const server = await startSecureServer(lab, certificate('page'), { cors: { origin: lab.page } });
    const app = express().use((request, response) => response.redirect(308, `${server.url}${request.originalUrl}`));
    return clientOf(server, {}, `http://localhost:${await lab.listen(createServer(app))}`);
  },
};
