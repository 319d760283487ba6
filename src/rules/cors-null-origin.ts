import type { Rule } from '../model/rule.ts';
import page from './cors-null-origin.md?raw';
import { allowOriginEvidence, isCorsTest } from './support/cors.ts';
import { requestEvidence } from './support/evidence.ts';
import { originOf } from './support/exchanges.ts';
import { whyNull } from './support/null-origin.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

/** Whatever the header says: the cure is an origin for the page, never `null` on the server's list. */
const shows: Shows = (exchange) =>
  isCorsTest(exchange) && exchange.cors.verdict === 'fail' && originOf(exchange) === 'null';

export const corsNullOrigin: Rule = {
  id: 'cors-null-origin',
  severity: 'error',
  confidence: 'certain',
  rung: 7,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => {
      const { reason, fixes } = whyNull(exchange, session);
      return {
        params: { server: exchange.target.origin, reason },
        evidence: [requestEvidence(exchange, 'Origin', 'an http(s) origin'), allowOriginEvidence(exchange)],
        fixes,
      };
    }),
  isOver: overOncePast('AllowOriginMismatch', isCorsTest, shows),
};
