import { startNginx } from '../nginx.ts';
import { startPython } from '../python.ts';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const pythonMultiworker: Scenario = {
  id: 'python-multiworker',
  title: 'Two python-socketio processes answer in turn.',
  group: 'failing',
  needs: ['nginx', 'python'],
  expected: { rootCause: 'sticky-session-missing', status: 'failing', also: ['python-multiworker'] },
  truth: () => ({
    clientError: ['xhr post error', 'xhr poll error'],
    transport: null,
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    const config = { server: { cors_allowed_origins: lab.page } };
    const nodes = await Promise.all([startPython(lab, config), startPython(lab, config)]);
    const url = await startNginx(
      lab,
      nodes.map(({ port }) => port),
    );
    return { client: plan(4, url, { transports: ['polling'] }), serverErrors: [] };
  },
};
