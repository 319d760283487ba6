import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';
import { nextApp } from '../stacks.ts';

export const nextRouteNotCalled: Scenario = {
  id: 'next-route-not-called',
  title: 'Nothing has called the Next.js API route yet that starts Socket.IO.',
  group: 'failing',
  expected: { rootCause: 'wrong-path-404', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    lab.mount('/api/socket_io', nextApp());
    return { client: plan(4, lab.page, { path: '/api/socket_io', addTrailingSlash: false }), serverErrors: [] };
  },
};
