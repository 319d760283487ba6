import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const serviceWorkerPasses: Scenario = {
  id: 'service-worker-passes',
  title: 'The page’s service worker passes every request on.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    const { client, serverErrors } = clientOf(await startServer(lab, { cors: { origin: lab.page } }));
    return { client: { ...client, onFetch: 'event.respondWith(fetch(event.request));' }, serverErrors };
  },
};
