import type { Scenario } from '../scenario.ts';
import { plan, startV30Server } from '../servers.ts';

export const versionEio3ToV30: Scenario = {
  id: 'version-eio3-to-v3-0',
  title: 'A Socket.IO 2 client meets a Socket.IO 3.0 server, which answers in the new framing.',
  group: 'failing',
  expected: { rootCause: 'version-eio3-to-v3-0', status: 'failing' },
  truth: () => ({ clientError: 'server error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const server = await startV30Server(lab, { cors: { origin: lab.page, credentials: true } });
    return { client: plan(2, server.url), serverErrors: server.errors };
  },
};
