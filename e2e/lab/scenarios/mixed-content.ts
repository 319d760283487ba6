import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const mixedContent: Scenario = {
  id: 'mixed-content',
  title: 'The page is on `https`, and asks another machine over `http`.',
  group: 'failing',
  isHttps: true,
  expected: { rootCause: 'mixed-content', status: 'failing' },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    // Only a name that is not this machine's is refused; the request is not sent, so that nobody looks it up.
    return clientOf(server, {}, `http://chat.test:${server.port}`);
  },
};
