import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const crossOriginList: Scenario = {
  id: 'cross-origin-list',
  title: '`cors.origin` lists the page’s origin.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: () => ({
    clientError: null,
    transport: 'websocket',
    serverError: null,
    corsError: null,
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: ['https://chat.example.com', lab.page] } }),
};
