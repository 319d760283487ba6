import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const payloadTooLarge: Scenario = {
  id: 'payload-too-large',
  title: 'A WebSocket frame is larger than the server takes.',
  group: 'failing',
  expected: { rootCause: 'payload-too-large', status: 'degraded' },
  truth: () => ({ clientError: null, transport: 'websocket', serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page }, maxHttpBufferSize: 100_000 });
    const running = clientOf(server, { transports: ['websocket'] });
    return { ...running, client: { ...running.client, afterwards: 'flood', staysFor: 2_500 } };
  },
};
