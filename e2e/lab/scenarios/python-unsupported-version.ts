import { startPython } from '../python.ts';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const pythonUnsupportedVersion: Scenario = {
  id: 'python-unsupported-version',
  title: 'A Socket.IO 2 client meets a python-socketio 5 server.',
  group: 'failing',
  needs: 'python',
  expected: { rootCause: 'python-unsupported-version', status: 'failing' },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const { url } = await startPython(lab, { server: { cors_allowed_origins: lab.page } });
    return { client: plan(2, url), serverErrors: [] };
  },
};
