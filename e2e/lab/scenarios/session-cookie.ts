import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';
import { connects } from '../truth.ts';

export const sessionCookie: Scenario = {
  id: 'session-cookie',
  title: 'The server sets its cookie on a site that is the page’s own: `SameSite` keeps nothing back.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  start: (lab) =>
    crossOrigin(lab, { cookie: true, cors: { origin: lab.page, credentials: true } }, { withCredentials: true }),
};
