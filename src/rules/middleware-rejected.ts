import { refuseWithoutError } from '../fixes/allow-request.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import page from './middleware-rejected.md?raw';
import { fixContext } from './support/context.ts';
import { ACAO, allowOriginEvidence } from './support/cors.ts';
import { CODES, errorBody, isGranted, mayHideCode, saysCode } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { isHandshake, originOf, responseHeader, statusOf } from './support/exchanges.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

function saysBadRequest(exchange: JudgedExchange): boolean {
  return statusOf(exchange) === 400 && saysCode(exchange, CODES.BAD_REQUEST);
}

/** An `EIO=3` client is refused for its version first. */
function mayHideIt(exchange: JudgedExchange): boolean {
  return exchange.target.eio === 4 && responseHeader(exchange, ACAO) === null && mayHideCode(exchange, 400);
}

const shows: Shows = (exchange) =>
  isHandshake(exchange) && exchange.method === 'GET' && (saysBadRequest(exchange) || mayHideIt(exchange));

export const middlewareRejected: Rule = {
  id: 'middleware-rejected',
  severity: 'error',
  confidence: 'likely',
  rung: 6,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: { server: exchange.target.origin, origin: originOf(exchange) ?? 'the page' },
      evidence: [statusEvidence(exchange, '200'), errorBody(exchange), allowOriginEvidence(exchange)],
      fixes: refuseWithoutError(fixContext(exchange)),
      alternatives: saysBadRequest(exchange) ? [] : ['transport-disabled'],
    })),
  isOver: overOnce(isGranted, shows),
};
