import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const preflightCachedStale: Scenario = {
  id: 'preflight-cached-stale',
  title: 'The server allows the page no longer, and the browser still goes by the preflight that it remembers.',
  group: 'failing',
  expected: { rootCause: 'cors-origin-not-in-list', status: 'failing', also: ['preflight-cached-stale'] },
  truth: () => ({
    clientError: 'xhr poll error',
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const allowed = { origin: [lab.page] };
    const server = await startServer(lab, {
      cors: { origin: (_origin, callback) => callback(null, allowed.origin), maxAge: 600 },
    });
    server.io.on('connection', (socket) => {
      socket.on('disconnect', () => {
        allowed.origin = ['https://chat.example.com'];
      });
    });
    const { client, serverErrors } = clientOf(server, {
      transports: ['polling'],
      timestampRequests: false,
      extraHeaders: { 'x-token': 'abc' },
    });
    return { client: { ...client, afterwards: 'reopen' }, serverErrors };
  },
};
