import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const cspConnectSrc: Scenario = {
  id: 'csp-connect-src',
  title: 'The page’s `Content-Security-Policy` lists no other server.',
  group: 'failing',
  expected: { rootCause: 'csp-connect-src', status: 'failing' },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const { client, serverErrors } = clientOf(await startServer(lab, { cors: { origin: lab.page } }));
    return { client: { ...client, pageHeaders: { 'content-security-policy': "connect-src 'self'" } }, serverErrors };
  },
};
