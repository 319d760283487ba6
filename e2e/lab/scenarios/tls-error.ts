import { certificate } from '../certificates.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startSecureServer } from '../servers.ts';

export const tlsError: Scenario = {
  id: 'tls-error',
  title: 'The server’s certificate is self-signed.',
  group: 'failing',
  expected: { rootCause: 'tls-error', status: 'failing' },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    return clientOf(await startSecureServer(lab, certificate('untrusted'), { cors: { origin: lab.page } }));
  },
};
