import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const requestOverlap: Scenario = {
  id: 'request-overlap',
  title: 'Something on the page repeats the client’s held request.',
  group: 'failing',
  expected: { rootCause: 'request-overlap', status: 'recovered', state: 'resolved' },
  // Whether a request still under way finds its sid gone is a race.
  truth: () => ({ clientError: null, transport: 'polling', corsError: null }),
  async start(lab) {
    const running = await crossOrigin(lab, { cors: { origin: lab.page } }, { transports: ['polling'] });
    return { ...running, client: { ...running.client, afterwards: 'ask-twice' } };
  },
};
