import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const preflightHeaderNotAllowed: Scenario = {
  id: 'preflight-header-not-allowed',
  title: 'The client has an extra header that `cors.allowedHeaders` does not list.',
  group: 'failing',
  expected: { rootCause: 'preflight-header-not-allowed', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'HeaderDisallowedByPreflightResponse', parameter: 'x-foo' },
  }),
  start: (lab) =>
    crossOrigin(
      lab,
      { cors: { origin: lab.page, allowedHeaders: ['content-type'] } },
      { extraHeaders: { 'x-foo': 'bar' } },
    ),
};
