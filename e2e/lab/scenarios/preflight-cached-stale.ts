import type { ServerOptions } from 'socket.io';
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
    const server = await startServer(lab, { cors: onlyOnce(lab.page) });
    const { client, serverErrors } = clientOf(server, {
      transports: ['polling'],
      timestampRequests: false,
      extraHeaders: { 'x-token': 'abc' },
    });
    return { client: { ...client, afterwards: 'reopen' }, serverErrors };
  },
};

/** Allows `page` to make one connection; for later ones it has another list, as if it had been set up anew. */
function onlyOnce(page: string): ServerOptions['cors'] {
  let handshakes = 0;
  return (request, callback) => {
    const isHandshake = !('url' in request && String(request.url).includes('sid='));
    if (isHandshake && request.method === 'GET') handshakes += 1;
    const isAllowed = !isHandshake || handshakes <= 1;
    callback(null, { origin: isAllowed ? [page] : ['https://chat.example.com'], maxAge: 600 });
  };
}
