import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const rateLimited: Scenario = {
  id: 'rate-limited',
  title: 'The page’s other requests use up a limit that counts Socket.IO’s as well.',
  group: 'failing',
  expected: { rootCause: 'rate-limited', status: 'failing' },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    let left = 3;
    const isTooMany = (response: ServerResponse): boolean => {
      left -= 1;
      if (left >= 0) return false;
      const headers = { 'access-control-allow-origin': lab.page, 'retry-after': '60', 'content-type': 'text/plain' };
      response.writeHead(429, headers).end('Too many requests');
      return true;
    };
    const server = await startServer(lab, { cors: { origin: lab.page } }, (_request, response) => {
      if (!isTooMany(response)) response.writeHead(200, { 'access-control-allow-origin': lab.page }).end('[]');
    });
    server.io.engine.use((_request: IncomingMessage, response: ServerResponse, next: () => void) => {
      if (!isTooMany(response)) next();
    });
    const { client, serverErrors } = clientOf(server);
    const fetches = [1, 2, 3].map((page) => `${server.url}/api/messages?page=${page}`);
    return { client: { ...client, fetches }, serverErrors };
  },
};
