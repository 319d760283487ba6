import type { Scenario } from '../scenario.ts';
import { plan, startServer } from '../servers.ts';

export const versionEio3Hidden: Scenario = {
  id: 'version-eio3-hidden',
  title: 'A Socket.IO 2 client meets a Socket.IO 4 server without `cors`.',
  group: 'failing',
  expected: { rootCause: 'version-eio3-to-v3plus', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: 5,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab);
    return { client: plan(2, server.url), serverErrors: server.errors };
  },
};
