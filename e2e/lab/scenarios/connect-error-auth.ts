import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const connectErrorAuth: Scenario = {
  id: 'connect-error-auth',
  title: 'A middleware of the namespace says no.',
  group: 'failing',
  expected: { rootCause: 'connect-error-auth', status: 'failing' },
  // The client leaves at once: an upgrade that is under way may or may not meet a session that is gone (code 1).
  truth: () => ({
    clientError: 'not authorized',
    corsError: null,
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.use((_socket, next) => next(new Error('not authorized')));
    return clientOf(server, { auth: { token: 'expired' } });
  },
};
