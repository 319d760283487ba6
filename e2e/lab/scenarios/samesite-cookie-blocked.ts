import { startHaproxy } from '../haproxy.ts';
import type { Scenario } from '../scenario.ts';
import { plan, startNodes } from '../servers.ts';

export const samesiteCookieBlocked: Scenario = {
  id: 'samesite-cookie-blocked',
  title: 'HAProxy is sticky by a cookie that may not go to another site.',
  group: 'failing',
  needs: 'haproxy',
  expected: { rootCause: 'samesite-cookie-blocked', status: 'failing', also: ['sticky-session-missing'] },
  truth: () => ({
    clientError: ['xhr post error', 'xhr poll error'],
    transport: null,
    serverError: 1,
    corsError: null,
  }),
  async start(lab) {
    const nodes = await startNodes(lab, { cors: { origin: lab.page, credentials: true } });
    const backend = ['balance roundrobin', 'cookie SERVERID insert indirect nocache attr "SameSite=Lax"'];
    const url = await startHaproxy(lab, nodes.ports, { backend });
    const elsewhere = url.replace('localhost', '127.0.0.1');
    return {
      client: plan(4, elsewhere, { withCredentials: true, transports: ['polling'] }),
      serverErrors: nodes.errors,
    };
  },
};
