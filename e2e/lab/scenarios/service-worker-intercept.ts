import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const serviceWorkerIntercept: Scenario = {
  id: 'service-worker-intercept',
  title: 'The page’s service worker answers every request with the application’s page.',
  group: 'failing',
  expected: { rootCause: 'service-worker-intercept', status: 'failing', also: ['spa-fallback-html'] },
  truth: () => ({ clientError: 'server error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const { client, serverErrors } = clientOf(await startServer(lab, { cors: { origin: lab.page } }));
    const onFetch = "event.respondWith(new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }));";
    return { client: { ...client, onFetch }, serverErrors };
  },
};
