import type { Scenario } from '../scenario.ts';
import { plan, startServer } from '../servers.ts';

export const versionEio3Readable: Scenario = {
  id: 'version-eio3-readable',
  title: 'A Socket.IO 2 client meets a Socket.IO 4 server, and may read its answer.',
  group: 'failing',
  expected: { rootCause: 'version-eio3-to-v3plus', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: 5,
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page, credentials: true } });
    return { client: plan(2, server.url), serverErrors: server.errors };
  },
};
