import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';
import { nextApp, startHttp } from '../stacks.ts';

export const nextTrailingSlash: Scenario = {
  id: 'next-trailing-slash',
  title:
    'Next.js redirects the handshake to where it has no slash before its query, and a redirect across origins needs CORS headers.',
  group: 'failing',
  expected: { rootCause: 'polling-redirect', status: 'failing', detail: 'trailing-slash' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const { url } = await startHttp(lab, nextApp());
    return { client: plan(4, url, { path: '/api/socket' }), serverErrors: [] };
  },
};
