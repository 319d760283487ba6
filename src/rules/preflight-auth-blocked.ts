import { sendAsAuth } from '../fixes/cors.ts';
import { exemptOptions } from '../fixes/exempt-options.ts';
import type { Rule } from '../model/rule.ts';
import page from './preflight-auth-blocked.md?raw';
import { fixContext } from './support/context.ts';
import { requestEvidence, statusEvidence } from './support/evidence.ts';
import { statusOf } from './support/exchanges.ts';
import { isPreflightAccepted, preflightNeeds, requestedHeaders, statusFault } from './support/preflight.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => statusFault(exchange) === 'auth-blocked';

export const preflightAuthBlocked: Rule = {
  id: 'preflight-auth-blocked',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: {
        server: exchange.target.origin,
        status: String(statusOf(exchange)),
        headers: requestedHeaders(exchange).join(', '),
      },
      evidence: [statusEvidence(exchange, '204'), requestEvidence(exchange, 'Access-Control-Request-Headers')],
      fixes: [
        ...exemptOptions(fixContext(exchange), preflightNeeds(exchange)),
        ...sendAsAuth(fixContext(exchange), requestedHeaders(exchange)),
      ],
    })),
  isOver: overOnce(isPreflightAccepted, shows),
};
