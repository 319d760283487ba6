import type { Rule } from '../model/rule.ts';
import page from './preflight-missing-origin.md?raw';
import { parties } from './support/context.ts';
import { allowOriginEvidence } from './support/cors.ts';
import { headerEvidence } from './support/evidence.ts';
import { isRefusedPreflight, originRemedy, wouldShowPreflight } from './support/preflight.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefusedPreflight(exchange, 'PreflightMissingAllowOriginHeader');

export const preflightMissingOrigin: Rule = {
  id: 'preflight-missing-origin',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => {
      const { remedy, fixes } = originRemedy(exchange, session);
      return {
        params: { ...parties(exchange), remedy },
        evidence: [allowOriginEvidence(exchange), headerEvidence(exchange, 'Vary', null)],
        fixes,
      };
    }),
  isOver: overOncePast('PreflightMissingAllowOriginHeader', wouldShowPreflight, shows),
};
