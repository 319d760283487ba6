import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsMultipleAcaoString: Scenario = {
  id: 'cors-multiple-acao-string',
  title: '`cors.origin` is one string with two origins in it.',
  group: 'failing',
  expected: { rootCause: 'cors-multiple-acao', status: 'failing' },
  truth: ({ page }) => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'MultipleAllowOriginValues', parameter: `${page}, https://chat.example.com` },
  }),
  start: (lab) => crossOrigin(lab, { cors: { origin: `${lab.page}, https://chat.example.com` } }),
};
