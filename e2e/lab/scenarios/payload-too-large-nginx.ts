import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, startServer } from '../servers.ts';

export const payloadTooLargeNginx: Scenario = {
  id: 'payload-too-large-nginx',
  title: 'A POST is larger than nginx takes.',
  group: 'failing',
  needs: 'nginx',
  expected: { rootCause: 'payload-too-large', status: 'degraded' },
  truth: () => ({
    clientError: null,
    transport: 'polling',
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    const url = await startNginx(lab, server.port, ['client_max_body_size 100k;']);
    const running = clientOf(server, { transports: ['polling'] }, url);
    return { ...running, client: { ...running.client, afterwards: 'flood', staysFor: 2_500 } };
  },
};
