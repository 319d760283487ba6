import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const namespaceUsedAsPath: Scenario = {
  id: 'namespace-used-as-path',
  title: 'The client has the server’s path in its URL, where it names a namespace.',
  group: 'failing',
  expected: { rootCause: 'namespace-used-as-path', status: 'failing', also: ['invalid-namespace'] },
  truth: () => ({ clientError: 'Invalid namespace', corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return clientOf(server, {}, `${server.url}/ws`);
  },
};
