import type { Scenario } from '../scenario.ts';
import { plan, startV2Server } from '../servers.ts';

export const versionEio4ToV2Websocket: Scenario = {
  id: 'version-eio4-to-v2-websocket',
  title: 'A Socket.IO 4 client that uses WebSocket alone meets a Socket.IO 2 server.',
  group: 'failing',
  expected: { rootCause: 'version-eio4-to-v2', status: 'failing' },
  truth: () => ({
    clientError:
      'It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)',
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    return { client: plan(4, await startV2Server(lab), { transports: ['websocket'] }), serverErrors: [] };
  },
};
