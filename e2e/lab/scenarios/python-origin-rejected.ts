import { startPython } from '../python.ts';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const pythonOriginRejected: Scenario = {
  id: 'python-origin-rejected',
  title: 'A python-socketio server accepts its own origin only, as it does by default.',
  group: 'failing',
  needs: 'python',
  expected: { rootCause: 'python-origin-rejected', status: 'failing', also: ['cors-missing-on-error'] },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const { url } = await startPython(lab);
    return { client: plan(4, url), serverErrors: [] };
  },
};
