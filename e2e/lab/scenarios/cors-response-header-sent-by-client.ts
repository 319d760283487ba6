import type { Scenario } from '../scenario.ts';
import { crossOrigin } from '../servers.ts';

export const corsResponseHeaderSentByClient: Scenario = {
  id: 'cors-response-header-sent-by-client',
  title: 'The client itself sends `Access-Control-Allow-Origin`.',
  group: 'failing',
  expected: { rootCause: 'cors-response-header-sent-by-client', status: 'failing' },
  truth: () => ({
    clientError: 'xhr poll error',
    transport: null,
    serverError: null,
    corsError: { error: 'HeaderDisallowedByPreflightResponse', parameter: 'access-control-allow-origin' },
  }),
  start: (lab) =>
    crossOrigin(
      lab,
      { cors: { origin: lab.page, allowedHeaders: ['content-type'] } },
      { extraHeaders: { 'Access-Control-Allow-Origin': '*' } },
    ),
};
