import { answerPreflightV2 } from '../fixes/socket-server-v2.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './preflight-bad-handshake-method.md?raw';
import { fixContext, parties } from './support/context.ts';
import { ACAO, allowOriginEvidence } from './support/cors.ts';
import { requestEvidence, statusEvidence } from './support/evidence.ts';
import { responseHeader } from './support/exchanges.ts';
import {
  isPreflightAccepted,
  originRemedy,
  proxyAnswersPreflight,
  requestedHeaders,
  statusFault,
} from './support/preflight.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => statusFault(exchange) === 'bad-handshake-method';

/** v1 and v2 name the origin even on this error (socket.io 2, `engine.io/lib/transports/polling-xhr.js`); later ones only once `cors` is set. */
function isV2(exchange: JudgedExchange): boolean {
  return exchange.target.eio === 3 && responseHeader(exchange, ACAO) !== null && fixContext(exchange).page !== null;
}

function fixesFor(exchange: JudgedExchange, byOrigin: Fix[]): Fix[] {
  if (!isV2(exchange)) return byOrigin;
  return [...answerPreflightV2(fixContext(exchange), requestedHeaders(exchange)), ...proxyAnswersPreflight(exchange)];
}

export const preflightBadHandshakeMethod: Rule = {
  id: 'preflight-bad-handshake-method',
  severity: 'error',
  confidence: 'likely',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => {
      const { remedy, fixes } = originRemedy(exchange, session);
      return {
        params: {
          ...parties(exchange),
          headers: requestedHeaders(exchange).join(', '),
          remedy: isV2(exchange) ? 'On a v2 server, answer it in `handlePreflightRequest`.' : remedy,
        },
        evidence: [
          statusEvidence(exchange, '204'),
          requestEvidence(exchange, 'Access-Control-Request-Headers'),
          allowOriginEvidence(exchange),
        ],
        fixes: fixesFor(exchange, fixes),
      };
    }),
  isOver: overOnce(isPreflightAccepted, shows),
};
