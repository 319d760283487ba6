import type { Scenario } from '../scenario.ts';
import { clientOf, echo, startServer } from '../servers.ts';
import { connects } from '../truth.ts';

export const largeMessage: Scenario = {
  id: 'large-message',
  title: 'A message is just below `maxHttpBufferSize`, over WebSocket.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const server = await startServer(lab, { cors: { origin: lab.page } });
    server.io.on('connection', echo);
    const { client, serverErrors } = clientOf(server);
    return { client: { ...client, afterwards: 'echo-large' }, serverErrors };
  },
};
