import { connectToTarget } from '../fixes/redirect.ts';
import type { Rule } from '../model/rule.ts';
import page from './preflight-redirect.md?raw';
import { fixContext } from './support/context.ts';
import { headerEvidence, statusEvidence } from './support/evidence.ts';
import { statusOf } from './support/exchanges.ts';
import { isPreflightAccepted, statusFault } from './support/preflight.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => statusFault(exchange) === 'redirect';

export const preflightRedirect: Rule = {
  id: 'preflight-redirect',
  severity: 'error',
  confidence: 'certain',
  rung: 2,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: {
        server: exchange.target.origin,
        status: String(statusOf(exchange)),
        target: exchange.redirectUrl ?? '',
      },
      evidence: [statusEvidence(exchange, '204'), headerEvidence(exchange, 'Location', null)],
      fixes: connectToTarget(fixContext(exchange), exchange.redirectUrl ?? ''),
    })),
  isOver: overOnce(isPreflightAccepted, shows),
};
