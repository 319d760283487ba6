import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const sessionExpired: Scenario = {
  id: 'session-expired',
  title: 'The page stands still for longer than the server waits for a heartbeat.',
  group: 'healthy',
  expected: { rootCause: null, status: ['healthy', 'recovered'], resolved: ['session-expired'] },
  truth: () => ({ clientError: null, transport: 'polling', serverError: 1, corsError: null }),
  async start(lab) {
    const config = { pingInterval: 400, pingTimeout: 300, cors: { origin: lab.page } };
    const running = await crossOrigin(lab, config, { transports: ['polling'] });
    return { ...running, client: { ...running.client, afterwards: 'sleep' } };
  },
};
