import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';
import { nextApp, socketRoute } from '../stacks.ts';
import { connects } from '../truth.ts';

export const nextApiRoute: Scenario = {
  id: 'next-api-route',
  title: 'The page calls the Next.js API route that starts Socket.IO, and then connects to its path.',
  group: 'healthy',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const path = '/api/chat';
    const shared = { path, addTrailingSlash: false };
    lab.mount(path, nextApp({ [path]: socketRoute(lab, shared) }));
    return { client: { ...plan(4, lab.page, shared), fetches: [path] }, serverErrors: [] };
  },
};
