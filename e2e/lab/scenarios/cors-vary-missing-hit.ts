import { CACHING, startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

const OTHER_PAGE = 'https://admin.example.com';

export const corsVaryMissingHit: Scenario = {
  id: 'cors-vary-missing-hit',
  title: 'nginx gives the page an answer that it had cached for another page.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'cors-origin-mismatch', status: 'failing', detail: 'other', also: ['cors-vary-missing'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'AllowOriginMismatch', parameter: OTHER_PAGE },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: [lab.page, OTHER_PAGE] } });
    const url = await startNginx(lab, server.port, CACHING);
    const options = { transports: ['polling'], timestampRequests: false };
    await fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers: { Origin: OTHER_PAGE } });
    return clientOf(server, options, url);
  },
};
