import type { Scenario } from '../scenario.ts';
import { plan, startServer } from '../servers.ts';

export const severalFaults: Scenario = {
  id: 'several-faults',
  title: 'A Socket.IO 2 client, which sends credentials, meets `*` and a list of headers that lacks one of its own.',
  group: 'failing',
  expected: {
    rootCause: 'preflight-wildcard-with-credentials',
    status: 'failing',
    also: ['preflight-header-not-allowed', 'extra-headers-force-preflight'],
  },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightWildcardOriginNotAllowed', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { allowEIO3: true, cors: { origin: '*', allowedHeaders: ['content-type'] } });
    const options = { transportOptions: { polling: { extraHeaders: { 'x-token': 'abc' } } } };
    return { client: plan(2, server.url, options), serverErrors: server.errors };
  },
};
