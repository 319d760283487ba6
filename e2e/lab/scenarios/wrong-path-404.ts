import express from 'express';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const wrongPath404: Scenario = {
  id: 'wrong-path-404',
  title: 'Server and client disagree on `path`, and the Express app answers instead.',
  group: 'failing',
  expected: { rootCause: 'wrong-path-404', status: 'failing', also: ['cors-missing-on-error'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { path: '/realtime/', cors: { origin: lab.page } }, express());
    return clientOf(server);
  },
};
