import type { Scenario } from '../scenario.ts';
import { plan, startV2Server } from '../servers.ts';

export const preflightV2Server: Scenario = {
  id: 'preflight-v2-server',
  title: 'The client has `extraHeaders`, and the Socket.IO 2 server has no `handlePreflightRequest`.',
  group: 'failing',
  expected: { rootCause: 'preflight-bad-handshake-method', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'PreflightInvalidStatus', parameter: '' },
  }),
  async start(lab) {
    const options = { transportOptions: { polling: { extraHeaders: { 'x-token': 'abc' } } } };
    return { client: plan(2, await startV2Server(lab), options), serverErrors: [] };
  },
};
