import { enableCors } from '../fixes/cors.ts';
import { headerValue } from '../model/headers.ts';
import type { Rule } from '../model/rule.ts';
import page from './preflight-method-not-allowed.md?raw';
import { fixContext, parties } from './support/context.ts';
import { headerEvidence } from './support/evidence.ts';
import { isRefusedPreflight, wouldShowPreflight } from './support/preflight.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => isRefusedPreflight(exchange, 'MethodDisallowedByPreflightResponse');

export const preflightMethodNotAllowed: Rule = {
  id: 'preflight-method-not-allowed',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => {
      const method =
        headerValue(exchange.requestHeaders, 'Access-Control-Request-Method') ?? exchange.cors.parameter ?? '';
      return {
        params: { ...parties(exchange), method },
        evidence: [headerEvidence(exchange, 'Access-Control-Allow-Methods', method)],
        fixes: enableCors(fixContext(exchange), { isNotPython: true }, 'Leave the methods to the default of `cors`'),
      };
    }),
  isOver: overOncePast('MethodDisallowedByPreflightResponse', wouldShowPreflight, shows),
};
