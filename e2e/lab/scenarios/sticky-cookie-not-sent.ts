import { startHaproxy } from '../haproxy.ts';
import type { Scenario } from '../scenario.ts';
import { plan, startNodes } from '../servers.ts';

export const stickyCookieNotSent: Scenario = {
  id: 'sticky-cookie-not-sent',
  title: 'HAProxy is sticky by a cookie, which the client does not send.',
  group: 'failing',
  needs: 'haproxy',
  expected: { rootCause: 'sticky-cookie-not-sent', status: 'failing', also: ['sticky-session-missing'] },
  truth: () => ({
    clientError: ['xhr post error', 'xhr poll error'],
    transport: null,
    serverError: 1,
    corsError: null,
  }),
  async start(lab) {
    const nodes = await startNodes(lab, { cors: { origin: lab.page, credentials: true } });
    const backend = ['balance roundrobin', 'cookie SERVERID insert indirect nocache'];
    return {
      client: plan(4, await startHaproxy(lab, nodes.ports, { backend }), { transports: ['polling'] }),
      serverErrors: nodes.errors,
    };
  },
};
