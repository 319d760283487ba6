import { exemptFromLimit } from '../fixes/access.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import page from './rate-limited.md?raw';
import { fixContext } from './support/context.ts';
import { headerEvidence, statusEvidence } from './support/evidence.ts';
import { responseHeader, statusOf } from './support/exchanges.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { socketStatus } from './support/upgrade.ts';
import { cameThroughProxy } from './support/who-answered.ts';

/** RFC 6585, 4. */
const TOO_MANY_REQUESTS = 429;

function isLimited(exchange: JudgedExchange): boolean {
  if (exchange.kind === 'websocket') return socketStatus(exchange) === TOO_MANY_REQUESTS;
  return statusOf(exchange) === TOO_MANY_REQUESTS;
}

export const rateLimited: Rule = {
  id: 'rate-limited',
  severity: 'error',
  confidence: 'certain',
  rung: 6,
  page,
  mayReturn: true,
  check: (endpoint) =>
    oneHit(sightings(endpoint, isLimited), ({ exchange }) => {
      const retryAfter = responseHeader(exchange, 'Retry-After');
      const expected = exchange.kind === 'websocket' ? '101' : '200';
      return {
        params: { server: exchange.target.origin, path: exchange.target.path },
        evidence: [
          { ...statusEvidence(exchange, expected), actual: String(TOO_MANY_REQUESTS) },
          ...(retryAfter === null ? [] : [headerEvidence(exchange, 'Retry-After', null)]),
        ],
        fixes: exemptFromLimit(fixContext(exchange), cameThroughProxy(exchange)),
      };
    }),
};
