import { certificate } from '../certificates.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startSecureServer } from '../servers.ts';

export const httpsServer: Scenario = {
  id: 'https-server',
  title: 'The server has a certificate that the browser trusts.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    return clientOf(await startSecureServer(lab, certificate('page'), { cors: { origin: lab.page } }));
  },
};
