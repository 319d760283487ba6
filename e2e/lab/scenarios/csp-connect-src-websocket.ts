import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const cspConnectSrcWebsocket: Scenario = {
  id: 'csp-connect-src-websocket',
  title: 'The page’s `Content-Security-Policy` lists the server for `http`, and not for `ws`.',
  group: 'failing',
  expected: { rootCause: 'csp-connect-src', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'polling', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const { client, serverErrors } = clientOf(server);
    const policy = `connect-src 'self' ${server.url}`;
    return { client: { ...client, pageHeaders: { 'content-security-policy': policy } }, serverErrors };
  },
};
