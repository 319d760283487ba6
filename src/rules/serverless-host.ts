import { connectToLongRunningHost } from '../fixes/elsewhere.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import { readServerError } from '../protocol/payload.ts';
import page from './serverless-host.md?raw';
import { fixContext } from './support/context.ts';
import { headerEvidence, statusEvidence } from './support/evidence.ts';
import { bodyText, isHandshake, observed, statusOf } from './support/exchanges.ts';
import { serverlessHeader } from './support/serverless.ts';
import { oneHit, sightings } from './support/sightings.ts';

/** `Session ID unknown` (engine.io, `lib/server.ts`): another instance of the function has the session. */
const UNKNOWN_SID = 1;

function isServerlessFailure(exchange: JudgedExchange, endpoint: Endpoint): boolean {
  if (exchange.kind !== 'polling' || serverlessHeader(exchange) === null) return false;
  const status = statusOf(exchange);
  if (isHandshake(exchange)) return status === 404 || status === 405 || status >= 500;
  return losesSid(exchange) && lostSids(endpoint) > 1;
}

function losesSid(exchange: JudgedExchange): boolean {
  if (exchange.target.sid === null || statusOf(exchange) !== 400) return false;
  return readServerError(bodyText(exchange) ?? '')?.code === UNKNOWN_SID;
}

function lostSids({ sessions }: Endpoint): number {
  return sessions
    .filter((session) => observed(session).some(losesSid))
    .reduce((sum, { attempts }) => sum + attempts, 0);
}

export const serverlessHost: Rule = {
  id: 'serverless-host',
  severity: 'error',
  confidence: 'likely',
  rung: 3,
  page,
  mayReturn: true,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => isServerlessFailure(exchange, endpoint)),
      ({ exchange }) => ({
        params: { server: exchange.target.origin, status: String(statusOf(exchange)) },
        evidence: [
          headerEvidence(exchange, serverlessHeader(exchange) ?? 'Server', null),
          statusEvidence(exchange, '200'),
        ],
        fixes: [connectToLongRunningHost(fixContext(exchange))],
        alternatives: statusOf(exchange) === 404 ? ['wrong-path-404'] : [],
      }),
    ),
};
