import type { Scenario } from '../scenario.ts';
import { clientOf } from '../servers.ts';
import { startHttp } from '../stacks.ts';

export const handshakePending: Scenario = {
  id: 'handshake-pending',
  title: 'The server takes the request, and never answers.',
  group: 'failing',
  expected: { rootCause: 'handshake-pending', status: 'failing' },
  truth: () => ({ clientError: null, transport: null, serverError: null, corsError: null }),
  async start(lab) {
    const { url } = await startHttp(lab, () => {});
    const running = clientOf({ url, errors: [] });
    return { ...running, client: { ...running.client, settlesAfter: 6_500 } };
  },
};
