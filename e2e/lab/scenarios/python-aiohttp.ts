import { startPython } from '../python.ts';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';
import { connects } from '../truth.ts';

export const pythonAiohttp: Scenario = {
  id: 'python-aiohttp',
  title: 'python-socketio on aiohttp allows the page’s origin.',
  group: 'healthy',
  needs: 'python',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const { url } = await startPython(lab, { server: { cors_allowed_origins: [lab.page] } });
    return { client: plan(4, url), serverErrors: [] };
  },
};
