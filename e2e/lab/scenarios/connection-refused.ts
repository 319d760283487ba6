import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const connectionRefused: Scenario = {
  id: 'connection-refused',
  title: 'Nobody listens on the server’s port.',
  group: 'failing',
  expected: { rootCause: 'connection-refused', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    return { client: plan(4, `http://localhost:${await lab.freePort()}`), serverErrors: [] };
  },
};
