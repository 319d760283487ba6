import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const localNetworkAccess: Scenario = {
  id: 'local-network-access',
  title: 'The page counts as one of the internet, and may not reach this machine.',
  group: 'failing',
  expected: { rootCause: 'local-network-access', status: 'failing' },
  truth: () => ({ clientError: 'websocket error', transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const { client, serverErrors } = clientOf(server, { transports: ['websocket'] });
    // Without a person to ask, the browser's answer is no.
    return {
      client: { ...client, pageHeaders: { 'content-security-policy': 'treat-as-public-address' } },
      serverErrors,
    };
  },
};
