/** Requests of one session that reach several processes. */
import { startNginx } from '../../lab/nginx.ts';
import type { LabContext } from '../../lab/scenario.ts';
import { startNodes } from '../../lab/servers.ts';
import type { Proof } from '../proof.ts';
import { nothing, quote } from './parties.ts';

const twoNodes = async (lab: LabContext) => (await startNodes(lab, { cors: { origin: lab.page } })).ports;

export const stickiness: Proof[] = [
  { rule: 'sticky-session-missing', fix: 'nginx', subject: 'nginx-upstream', backends: twoNodes, fault: nothing },
  {
    rule: 'sticky-session-missing',
    fix: 'haproxy',
    subject: 'haproxy-nodes',
    backends: twoNodes,
    fault: () => 'balance roundrobin',
  },
  {
    rule: 'sticky-session-missing',
    fix: 'caddy',
    subject: 'caddy-balancer',
    backends: twoNodes,
    fault: () => 'lb_policy round_robin',
  },
  {
    rule: 'sticky-session-missing',
    fix: 'browser-client',
    subject: 'page',
    backends: async (lab) => {
      const nodes = await startNodes(lab, { cors: { origin: lab.page } });
      return [Number(new URL(await startNginx(lab, nodes.ports)).port)];
    },
    fault: ({ server }) => `const socket = io(${quote(server)});`,
  },
];
