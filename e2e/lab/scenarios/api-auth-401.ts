import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const apiAuth401: Scenario = {
  id: 'api-auth-401',
  title: 'nginx asks for a password.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'api-auth-401', status: 'failing', also: ['cors-missing-on-error'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    // A file without users: nobody has the password.
    const directives = ['auth_basic "lab";', 'auth_basic_user_file /dev/null;'];
    return clientOf(server, {}, await startNginx(lab, server.port, directives));
  },
};
