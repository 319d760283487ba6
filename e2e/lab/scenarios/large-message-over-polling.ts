import { startNginx } from '../nginx.ts';
import type { Scenario } from '../scenario.ts';
import { clientOf, echo, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const largeMessageOverPolling: Scenario = {
  id: 'large-message-over-polling',
  title: 'A message is just below `maxHttpBufferSize`, and nginx’s own limit, over polling.',
  group: 'healthy',
  needs: 'nginx',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('polling'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.on('connection', echo);
    const url = await startNginx(lab, server.port);
    const { client, serverErrors } = clientOf(server, { transports: ['polling'] }, url);
    return { client: { ...client, afterwards: 'echo-large' }, serverErrors };
  },
};
