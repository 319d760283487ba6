import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const httpsPageLoopback: Scenario = {
  id: 'https-page-loopback',
  title: 'The page is on `https`, and asks this machine over `http`, which browsers allow.',
  group: 'healthy',
  isHttps: true,
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    return clientOf(await startServer(lab, { cors: { origin: lab.page } }));
  },
};
