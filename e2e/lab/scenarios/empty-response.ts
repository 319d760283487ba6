import { certificate } from '../certificates.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startSecureServer } from '../servers.ts';

export const emptyResponse: Scenario = {
  id: 'empty-response',
  title: 'The server speaks TLS, and the client asks without.',
  group: 'failing',
  expected: { rootCause: 'empty-response', status: 'failing' },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const server = await startSecureServer(lab, certificate('page'), { cors: { origin: lab.page } });
    return clientOf(server, {}, `http://localhost:${server.port}`);
  },
};
