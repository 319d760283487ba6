import type { Rule } from '../model/rule.ts';
import page from './preflight-origin-mismatch.md?raw';
import { mismatch } from './support/allow-origin.ts';
import { parties } from './support/context.ts';
import { allowOriginEvidence } from './support/cors.ts';
import { originOf } from './support/exchanges.ts';
import { isRefusedPreflight, originRemedy, proxyAnswersPreflight, wouldShowPreflight } from './support/preflight.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) =>
  isRefusedPreflight(exchange, 'PreflightAllowOriginMismatch', 'PreflightInvalidAllowOriginValue');

export const preflightOriginMismatch: Rule = {
  id: 'preflight-origin-mismatch',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => {
      const { detail, allowed, difference, fixes: listed } = mismatch(exchange);
      const { remedy, fixes } = originRemedy(exchange, session);
      return {
        detail,
        params: { ...parties(exchange), allowed, difference, remedy },
        evidence: [allowOriginEvidence(exchange)],
        fixes: originOf(exchange) === 'null' ? fixes : [...listed, ...proxyAnswersPreflight(exchange)],
      };
    }),
  isOver: overOncePast('PreflightAllowOriginMismatch', wouldShowPreflight, shows),
};
