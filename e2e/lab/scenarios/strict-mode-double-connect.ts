import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const strictModeDoubleConnect: Scenario = {
  id: 'strict-mode-double-connect',
  title: 'React’s StrictMode connects twice, and drops the first connection.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy', also: ['strict-mode-double-connect'] },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const running = clientOf(server);
    return { ...running, client: { ...running.client, isStrict: true, staysFor: 1_000 } };
  },
};
