import type { Rule } from '../model/rule.ts';
import page from './preflight-wildcard-with-credentials.md?raw';
import { parties } from './support/context.ts';
import { allowOriginEvidence } from './support/cors.ts';
import { cookieRemedy, isRefusedPreflight, wouldShowPreflight } from './support/preflight.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefusedPreflight(exchange, 'PreflightWildcardOriginNotAllowed');

export const preflightWildcardWithCredentials: Rule = {
  id: 'preflight-wildcard-with-credentials',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => ({
      params: parties(exchange),
      evidence: [allowOriginEvidence(exchange)],
      fixes: cookieRemedy(exchange, session, { isNotPython: true }),
    })),
  isOver: overOncePast('PreflightWildcardOriginNotAllowed', wouldShowPreflight, shows),
};
