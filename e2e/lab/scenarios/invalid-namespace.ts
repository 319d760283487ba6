import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const invalidNamespace: Scenario = {
  id: 'invalid-namespace',
  title: 'The client asks for a namespace that the server does not have.',
  group: 'failing',
  expected: { rootCause: 'invalid-namespace', status: 'failing' },
  // The client leaves at once: an upgrade that is under way may or may not meet a session that is gone (code 1).
  truth: () => ({
    clientError: 'Invalid namespace',
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return clientOf(server, {}, `${server.url}/nope`);
  },
};
