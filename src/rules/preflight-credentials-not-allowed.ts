import { enableCors } from '../fixes/cors.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './preflight-credentials-not-allowed.md?raw';
import { fixContext, parties } from './support/context.ts';
import { ACAC, allowOriginEvidence } from './support/cors.ts';
import { headerEvidence } from './support/evidence.ts';
import { originOf, responseHeader } from './support/exchanges.ts';
import {
  isRefusedPreflight,
  originRemedy,
  preflightNeeds,
  proxyAnswersPreflight,
  wouldShowPreflight,
} from './support/preflight.ts';
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
      fixes: originOf(exchange) === 'null' ? originRemedy(exchange, session).fixes : fixesFor(exchange),
    })),
  isOver: overOncePast('PreflightInvalidAllowCredentials', wouldShowPreflight, shows),
};

function fixesFor(exchange: JudgedExchange): Fix[] {
  const context = { ...fixContext(exchange), credentials: 'include' } as const;
  const title = 'Set `cors.credentials` to the boolean `true`';
  return [...enableCors(context, preflightNeeds(exchange), title), ...proxyAnswersPreflight(exchange, context)];
}
