import { sendAsAuth } from '../fixes/cors.ts';
import { answerBeforeMiddleware, exemptOptions } from '../fixes/exempt-options.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import page from './preflight-auth-blocked.md?raw';
import { fixContext } from './support/context.ts';
import { ACAO } from './support/cors.ts';
import { requestEvidence, statusEvidence } from './support/evidence.ts';
import { responseHeader, statusOf } from './support/exchanges.ts';
import {
  isPreflightAccepted,
  preflightNeeds,
  proxyAnswersBeforeLogin,
  requestedHeaders,
  statusFault,
} from './support/preflight.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

const shows: Shows = (exchange) => statusFault(exchange) === 'auth-blocked';

/**
 * A password, as proxies ask for one: they pass OPTIONS on, if told to, and the server may answer it. Not where an origin is named:
 * who answers for CORS, too, has to answer the preflight.
 */
function asksForPassword(exchange: JudgedExchange): boolean {
  const challenge = responseHeader(exchange, 'WWW-Authenticate') ?? '';
  return /^basic\b/i.test(challenge) && responseHeader(exchange, ACAO) === null;
}

export const preflightAuthBlocked: Rule = {
  id: 'preflight-auth-blocked',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      params: {
        server: exchange.target.origin,
        status: String(statusOf(exchange)),
        headers: requestedHeaders(exchange).join(', '),
      },
      evidence: [statusEvidence(exchange, '204'), requestEvidence(exchange, 'Access-Control-Request-Headers')],
      fixes: [
        ...(asksForPassword(exchange) ? exemptOptions(fixContext(exchange)) : proxyAnswersBeforeLogin(exchange)),
        ...answerBeforeMiddleware(fixContext(exchange), preflightNeeds(exchange)),
        ...sendAsAuth(fixContext(exchange), requestedHeaders(exchange)),
      ],
    })),
  isOver: overOnce(isPreflightAccepted, shows),
};
