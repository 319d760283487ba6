import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const connectNotAcknowledged: Scenario = {
  id: 'connect-not-acknowledged',
  title: 'A middleware never calls `next`.',
  group: 'failing',
  expected: { rootCause: 'connect-not-acknowledged', status: 'failing' },
  truth: () => ({ clientError: null, serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.use(() => {});
    const running = clientOf(server);
    return { ...running, client: { ...running.client, settlesAfter: 11_500 } };
  },
};
