import { startHaproxy } from '../haproxy.ts';
import type { Scenario } from '../scenario.ts';
import { plan, startNodes } from '../servers.ts';
import { connects } from '../truth.ts';

export const haproxyTwoNodes: Scenario = {
  id: 'haproxy-two-nodes',
  title: 'HAProxy sends each client to the same one of two nodes, by a cookie.',
  group: 'healthy',
  needs: 'haproxy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const nodes = await startNodes(lab, { cors: { origin: lab.page, credentials: true }, cookie: true });
    const client = plan(4, await startHaproxy(lab, nodes.ports), { withCredentials: true });
    return { client, serverErrors: nodes.errors };
  },
};
