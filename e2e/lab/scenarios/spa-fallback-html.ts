import express from 'express';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const spaFallbackHtml: Scenario = {
  id: 'spa-fallback-html',
  title: 'A single-page application’s server answers every path with its page.',
  group: 'failing',
  expected: { rootCause: 'spa-fallback-html', status: 'failing' },
  truth: () => ({ clientError: 'server error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const app = express().use((_request, response) => {
      response.set('Access-Control-Allow-Origin', lab.page).send('<!doctype html><div id="root"></div>');
    });
    return clientOf(await startServer(lab, { path: '/realtime/', cors: { origin: lab.page } }, app));
  },
};
