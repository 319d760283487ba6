import type { Scenario } from '../scenario.ts';
import { clientOf, echo, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const binaryOverPolling: Scenario = {
  id: 'binary-over-polling',
  title: 'The client sends binary data over polling, and gets it back.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('polling'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.on('connection', echo);
    const { client, serverErrors } = clientOf(server, { transports: ['polling'] });
    return { client: { ...client, afterwards: 'echo-binary' }, serverErrors };
  },
};
