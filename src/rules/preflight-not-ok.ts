import type { Rule } from '../model/rule.ts';
import page from './preflight-not-ok.md?raw';
import { parties } from './support/context.ts';
import { requestEvidence, statusEvidence } from './support/evidence.ts';
import { statusOf } from './support/exchanges.ts';
import { isPreflightAccepted, originRemedy, requestedHeaders, statusFault } from './support/preflight.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => statusFault(exchange) === 'not-ok';

export const preflightNotOk: Rule = {
  id: 'preflight-not-ok',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => {
      const { remedy, fixes } = originRemedy(exchange, session);
      return {
        params: {
          ...parties(exchange),
          status: String(statusOf(exchange)),
          path: exchange.target.path,
          headers: requestedHeaders(exchange).join(', '),
          remedy,
        },
        evidence: [statusEvidence(exchange, '204'), requestEvidence(exchange, 'Access-Control-Request-Headers')],
        fixes,
        alternatives: statusOf(exchange) === 404 ? ['wrong-path-404'] : [],
      };
    }),
  isOver: overOnce(isPreflightAccepted, shows),
};
