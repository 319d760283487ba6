import type { Scenario } from '../scenario.ts';
import { clientOf, echo, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const binary: Scenario = {
  id: 'binary',
  title: 'The client sends binary data, and gets it back.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.on('connection', echo);
    const { client, serverErrors } = clientOf(server);
    return { client: { ...client, afterwards: 'echo-binary' }, serverErrors };
  },
};
