import { BY_ADDRESS, startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { plan, startNodes } from '../servers.ts';
import { connects } from '../truth.ts';

export const nginxTwoNodes: Scenario = {
  id: 'nginx-two-nodes',
  title: 'nginx sends each client to the same one of two nodes.',
  group: 'healthy',
  needs: 'nginx',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const nodes = await startNodes(lab, { cors: { origin: lab.page } });
    return {
      client: plan(4, await startNginx(lab, nodes.ports, { upstream: BY_ADDRESS })),
      serverErrors: nodes.errors,
    };
  },
};
