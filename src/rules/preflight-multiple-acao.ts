import type { Rule } from '../model/rule.ts';
import page from './preflight-multiple-acao.md?raw';
import { severalValues } from './support/allow-origin.ts';
import { parties } from './support/context.ts';
import { allowOriginEvidence } from './support/cors.ts';
import { originOf } from './support/exchanges.ts';
import { isRefusedPreflight, originRemedy, wouldShowPreflight } from './support/preflight.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefusedPreflight(exchange, 'PreflightMultipleAllowOriginValues');

export const preflightMultipleAcao: Rule = {
  id: 'preflight-multiple-acao',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => {
      const { values, source, fixes } = severalValues(exchange);
      return {
        params: { ...parties(exchange), values, source },
        evidence: [allowOriginEvidence(exchange)],
        fixes: originOf(exchange) === 'null' ? originRemedy(exchange, session).fixes : fixes,
      };
    }),
  isOver: overOncePast('PreflightMultipleAllowOriginValues', wouldShowPreflight, shows),
};
