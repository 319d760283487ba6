import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { plan, startServer } from '../servers.ts';

export const preflightSid500: Scenario = {
  id: 'preflight-sid-500',
  title: 'A Socket.IO 2 client sends binary data, and nginx, not the Socket.IO 4 server behind it, does the CORS.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'preflight-sid-500', status: 'degraded' },
  truth: () => ({
    clientError: null,
    transport: 'polling',
    serverError: null,
    corsError: { error: 'PreflightInvalidStatus', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { allowEIO3: true });
    const url = await startNginx(lab, server.port, [
      `add_header Access-Control-Allow-Origin ${lab.page} always;`,
      'add_header Access-Control-Allow-Credentials true always;',
    ]);
    const client = plan(2, url, { transports: ['polling'] });
    return { client: { ...client, afterwards: 'send-binary' }, serverErrors: server.errors };
  },
};
