import { startPython } from '../python.ts';
import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';
import { connects } from '../truth.ts';

export const pythonUvicorn: Scenario = {
  id: 'python-uvicorn',
  title: 'python-socketio in uvicorn allows the page’s origin.',
  group: 'healthy',
  needs: 'python',
  expected: { rootCause: null, status: 'healthy' },
  truth: connects('websocket'),
  async start(lab) {
    const { url } = await startPython(lab, { on: 'uvicorn', server: { cors_allowed_origins: [lab.page] } });
    return { client: plan(4, url), serverErrors: [] };
  },
};
