import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';
import { nextApp } from '../stacks.ts';

export const nextFirstCall: Scenario = {
  id: 'next-first-call',
  title: 'The handshake itself calls the Next.js API route that starts Socket.IO, and gets that route’s empty answer.',
  group: 'failing',
  expected: { rootCause: 'not-engineio-200', status: 'failing' },
  truth: () => ({
    clientError: 'server error',
    transport: null,
    serverError: null,
    corsError: null,
  }),
  async start(lab) {
    const path = '/api/realtime';
    lab.mount(path, nextApp({ [path]: (_request, response) => void response.end() }));
    return { client: plan(4, lab.page, { path, addTrailingSlash: false }), serverErrors: [] };
  },
};
