import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';

export const dnsFailure: Scenario = {
  id: 'dns-failure',
  title: 'The host in the client’s URL does not exist.',
  group: 'failing',
  expected: { rootCause: 'dns-failure', status: 'failing' },
  truth: () => ({ clientError: 'xhr poll error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    // RFC 6761: no name under `.invalid` ever exists.
    return { client: plan(4, `http://does-not-exist.invalid:${await lab.freePort()}`), serverErrors: [] };
  },
};
