import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { type LabServer, startServer } from '../servers.ts';

/** Long enough that nobody takes the sids for new ones, ms. */
const LIFE_MS = 2500;

/** As when a process is killed: its connections break off, and nobody listens any more. */
function stopDead({ http }: LabServer): void {
  http.close();
  http.closeAllConnections();
}

export const serverRestarted: Scenario = {
  id: 'server-restarted',
  title: 'A node goes away, and nginx hands its clients to the other one.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'server-restarted', status: 'recovered', state: 'resolved' },
  truth: () => ({ clientError: null, transport: 'polling', serverError: 1, corsError: null }),
  async start(lab) {
    const config = { cors: { origin: lab.page } };
    const [first, second] = [await startServer(lab, config), await startServer(lab, config)];
    let clients = 0;
    first.io.on('connection', () => {
      clients += 1;
      if (clients === 2) setTimeout(() => stopDead(first), LIFE_MS);
    });
    const url = await startNginx(lab, first.port, { upstream: [`server 127.0.0.1:${second.port} backup;`] });
    const connection = { url, options: { transports: ['polling'] } };
    return {
      client: { version: 4, connections: [connection, connection], afterwards: 'await-loss' },
      serverErrors: second.errors,
    };
  },
};
