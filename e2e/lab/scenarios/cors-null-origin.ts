import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsNullOrigin: Scenario = {
  id: 'cors-null-origin',
  title: 'The page is sandboxed, so it has no origin that a list could hold.',
  group: 'failing',
  expected: { rootCause: 'cors-null-origin', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MissingAllowOriginHeader', parameter: '' },
  }),
  async start(lab) {
    const { client, serverErrors } = await crossOrigin(lab, { cors: { origin: [lab.page] } });
    return { client: { ...client, isSandboxed: true }, serverErrors };
  },
};
