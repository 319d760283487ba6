import { allowRequestFrom } from '../fixes/allow-request.ts';
import { allowOriginV2 } from '../fixes/socket-server-v2.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './allow-request-forbidden.md?raw';
import { fixContext } from './support/context.ts';
import { ACAO } from './support/cors.ts';
import { CODES, engineError, errorBody, isGranted, mayHideCode, saysCode } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { isHandshake, originOf, responseHeader, statusOf } from './support/exchanges.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

const FORBIDDEN = 403;

function saysForbidden(exchange: JudgedExchange): boolean {
  return statusOf(exchange) === FORBIDDEN && saysCode(exchange, CODES.FORBIDDEN);
}

const shows: Shows = (exchange) =>
  isHandshake(exchange) && (saysForbidden(exchange) || mayHideCode(exchange, FORBIDDEN));

/** Without `cors` the answer names no origin; so does a v2 server that refuses one (`origins`). */
function fixesOf(exchange: JudgedExchange): Fix[] {
  const context = fixContext(exchange);
  const origin = originOf(exchange);
  const mayBeV2 =
    exchange.target.eio === 3 && responseHeader(exchange, ACAO) === null && origin !== null && origin !== 'null';
  return [...allowRequestFrom(context), ...(mayBeV2 ? allowOriginV2(context, origin) : [])];
}

export const allowRequestForbidden: Rule = {
  id: 'allow-request-forbidden',
  severity: 'error',
  confidence: 'certain',
  rung: 6,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      confidence: saysForbidden(exchange) ? 'certain' : 'likely',
      params: { server: exchange.target.origin, reason: engineError(exchange)?.message ?? '(withheld from the page)' },
      evidence: [statusEvidence(exchange, '200'), errorBody(exchange)],
      fixes: fixesOf(exchange),
      alternatives: saysForbidden(exchange) ? [] : ['api-auth-401'],
    })),
  isOver: overOnce(isGranted, shows),
};
