import { enableCors } from '../fixes/cors.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './preflight-wildcard-with-credentials.md?raw';
import { fixContext, parties } from './support/context.ts';
import { allowOriginEvidence } from './support/cors.ts';
import { originOf } from './support/exchanges.ts';
import {
  isRefusedPreflight,
  originRemedy,
  preflightNeeds,
  proxyAnswersPreflight,
  wouldShowPreflight,
} from './support/preflight.ts';
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
      fixes: originOf(exchange) === 'null' ? originRemedy(exchange, session).fixes : fixesFor(exchange),
    })),
  isOver: overOncePast('PreflightWildcardOriginNotAllowed', wouldShowPreflight, shows),
};

function fixesFor(exchange: JudgedExchange): Fix[] {
  const context = { ...fixContext(exchange), credentials: 'include' } as const;
  return [
    ...enableCors(context, { ...preflightNeeds(exchange), isNotPython: true }),
    ...proxyAnswersPreflight(exchange, context),
  ];
}
