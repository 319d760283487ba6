import type { Rule } from '../model/rule.ts';
import page from './preflight-credentials-not-allowed.md?raw';
import { parties } from './support/context.ts';
import { ACAC, allowOriginEvidence } from './support/cors.ts';
import { headerEvidence } from './support/evidence.ts';
import { responseHeader } from './support/exchanges.ts';
import { cookieRemedy, isRefusedPreflight, wouldShowPreflight } from './support/preflight.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefusedPreflight(exchange, 'PreflightInvalidAllowCredentials');

export const preflightCredentialsNotAllowed: Rule = {
  id: 'preflight-credentials-not-allowed',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => ({
      params: { ...parties(exchange), sent: responseHeader(exchange, ACAC) ?? '(none)' },
      evidence: [headerEvidence(exchange, ACAC, 'true'), allowOriginEvidence(exchange)],
      fixes: cookieRemedy(exchange, session, {}, 'Set `cors.credentials` to the boolean `true`'),
    })),
  isOver: overOncePast('PreflightInvalidAllowCredentials', wouldShowPreflight, shows),
};
