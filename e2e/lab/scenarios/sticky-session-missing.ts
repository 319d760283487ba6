import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { plan, startNodes } from '../servers.ts';

export const stickySessionMissing: Scenario = {
  id: 'sticky-session-missing',
  title: 'nginx sends requests to two nodes in turn.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'sticky-session-missing', status: 'failing' },
  truth: () => ({
    clientError: ['xhr post error', 'xhr poll error'],
    transport: null,
    serverError: 1,
    corsError: null,
  }),
  async start(lab) {
    const nodes = await startNodes(lab, { cors: { origin: lab.page } });
    return {
      client: plan(4, await startNginx(lab, nodes.ports), { transports: ['polling'] }),
      serverErrors: nodes.errors,
    };
  },
};
