import { startHaproxy } from '../haproxy.ts';
import type { Scenario } from '../scenario.ts';
import { plan, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const haproxyTwoNodes: Scenario = {
  id: 'haproxy-two-nodes',
  title: 'HAProxy sends each client to the same one of two nodes, by a cookie.',
  group: 'healthy',
  needs: 'haproxy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const config = { cors: { origin: lab.page, credentials: true }, cookie: true };
    const nodes = [await startServer(lab, config), await startServer(lab, config)];
    const ports = nodes.map(({ port }) => port);
    const client = plan(4, await startHaproxy(lab, ports), { withCredentials: true });
    return { client, serverErrors: nodes.flatMap(({ errors }) => errors) };
  },
};
