import type { Scenario } from '../scenario.ts';
import { plan } from '../servers.ts';
import { startNest } from '../stacks.ts';

export const nestjsEnableCors: Scenario = {
  id: 'nestjs-enable-cors',
  title: '`app.enableCors()` of NestJS does not reach the gateway.',
  group: 'failing',
  expected: { rootCause: 'cors-express-only', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const { url } = await startNest(lab, { enableCors: { origin: lab.page } });
    return { client: { ...plan(4, url), fetches: [`${url}/api/profile`] }, serverErrors: [] };
  },
};
