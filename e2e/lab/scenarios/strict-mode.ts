import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';
import { connects } from '../truth.ts';

export const strictMode: Scenario = {
  id: 'strict-mode',
  title: 'React’s StrictMode connects, disconnects and connects again.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const { client, serverErrors } = await crossOrigin(lab, { cors: { origin: lab.page } });
    return { client: { ...client, isStrict: true }, serverErrors };
  },
};
