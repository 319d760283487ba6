import { startFreezingServer } from '../faulty-parties.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf } from '../servers.ts';

export const pingTimeout: Scenario = {
  id: 'ping-timeout',
  title: 'The server’s event loop stands still.',
  group: 'failing',
  expected: {
    rootCause: 'ping-timeout',
    detail: 'server-silent',
    status: ['degraded', 'failing'],
    also: ['handshake-pending'],
  },
  truth: () => ({ clientError: null, serverError: null, corsError: null }),
  async start(lab) {
    const running = clientOf({ url: await startFreezingServer(lab), errors: [] });
    return { ...running, client: { ...running.client, afterwards: 'freeze-server', staysFor: 8_500 } };
  },
};
