import type { Rule } from '../model/rule.ts';
import page from './preflight-sid-500.md?raw';
import { parties } from './support/context.ts';
import { allowOriginEvidence, isPreflightTest } from './support/cors.ts';
import { requestEvidence, statusEvidence } from './support/evidence.ts';
import { observed } from './support/exchanges.ts';
import { originRemedy, requestedHeaders, statusFault } from './support/preflight.ts';
import { oneHit, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => statusFault(exchange) === 'sid-500';

export const preflightSid500: Rule = {
  id: 'preflight-sid-500',
  severity: 'error',
  confidence: 'likely',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => {
      const { remedy, fixes } = originRemedy(exchange, session);
      return {
        params: { ...parties(exchange), headers: requestedHeaders(exchange).join(', '), remedy },
        evidence: [
          statusEvidence(exchange, '204'),
          requestEvidence(exchange, 'Access-Control-Request-Headers'),
          allowOriginEvidence(exchange),
        ],
        fixes,
      };
    }),
  // That a connection opens proves nothing: this one had opened, too.
  isOver: (later) => observed(later).some((exchange) => exchange.target.sid !== null && isPreflightTest(exchange)),
};
