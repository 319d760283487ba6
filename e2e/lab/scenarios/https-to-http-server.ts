import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const httpsToHttpServer: Scenario = {
  id: 'https-to-http-server',
  title: 'The client says `https://localhost`, and the server there speaks HTTP.',
  group: 'failing',
  expected: { rootCause: 'tls-error', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    return clientOf(server, {}, server.url.replace('http:', 'https:'));
  },
};
