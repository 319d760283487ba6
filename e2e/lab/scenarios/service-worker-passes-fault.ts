import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const serviceWorkerPassesFault: Scenario = {
  id: 'service-worker-passes-fault',
  title: 'The page’s service worker passes every request on, and the server allows no other origin.',
  group: 'failing',
  expected: { rootCause: 'cors-not-configured', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const { client, serverErrors } = clientOf(await startServer(lab));
    return { client: { ...client, onFetch: 'event.respondWith(fetch(event.request));' }, serverErrors };
  },
};
