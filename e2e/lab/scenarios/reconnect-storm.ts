import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const reconnectStorm: Scenario = {
  id: 'reconnect-storm',
  title: 'The server drops each connection, and the client comes back without a pause.',
  group: 'failing',
  expected: { rootCause: 'reconnect-storm', status: 'degraded' },
  truth: () => ({ clientError: null, serverError: null, corsError: null }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.on('connection', (socket) => void setTimeout(() => socket.conn.close(), 50));
    const now = { reconnectionDelay: 20, reconnectionDelayMax: 20, randomizationFactor: 0 };
    const running = clientOf(server, { transports: ['websocket'], ...now });
    return { ...running, client: { ...running.client, settlesAfter: 3_000, staysFor: 2_000 } };
  },
};
