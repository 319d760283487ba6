import express from 'express';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const spaFallbackHtmlHidden: Scenario = {
  id: 'spa-fallback-html-hidden',
  title: 'A single-page application’s server answers every path with its page, which the browser withholds.',
  group: 'failing',
  expected: { rootCause: 'spa-fallback-html', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const app = express().use((_request, response) => {
      response.send('<!doctype html><div id="root"></div>');
    });
    return clientOf(await startServer(lab, { path: '/realtime/', cors: { origin: lab.page } }, app));
  },
};
