import { BY_ADDRESS, startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { plan, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const nginxTwoNodes: Scenario = {
  id: 'nginx-two-nodes',
  title: 'nginx sends each client to the same one of two nodes.',
  group: 'healthy',
  needs: 'nginx',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const nodes = [
      await startServer(lab, { cors: { origin: lab.page } }),
      await startServer(lab, { cors: { origin: lab.page } }),
    ];
    const ports = nodes.map(({ port }) => port);
    const url = await startNginx(lab, ports, { upstream: BY_ADDRESS });
    return { client: plan(4, url), serverErrors: nodes.flatMap(({ errors }) => errors) };
  },
};
