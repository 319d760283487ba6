import { BY_SOURCE, startHaproxy } from '../haproxy.ts';
import type { Scenario } from '../scenario.ts';
import { plan, startNodes } from '../servers.ts';
import { connects } from '../truth.ts';

export const haproxyBySource: Scenario = {
  id: 'haproxy-by-source',
  title: 'HAProxy sends each client to the same one of two nodes, by its address: no cookie is needed.',
  group: 'healthy',
  needs: 'haproxy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const nodes = await startNodes(lab, { cors: { origin: lab.page } });
    return {
      client: plan(4, await startHaproxy(lab, nodes.ports, { backend: BY_SOURCE })),
      serverErrors: nodes.errors,
    };
  },
};
