import { exemptPath, sendCookies } from '../fixes/access.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import { readServerError } from '../protocol/payload.ts';
import page from './api-auth-401.md?raw';
import { fixContext } from './support/context.ts';
import { isServed } from './support/engine-errors.ts';
import { headerEvidence, statusEvidence } from './support/evidence.ts';
import { bodyText, isHandshake, mediaType, responseHeader, statusOf } from './support/exchanges.ts';
import { oneHit, overOnce, sightings } from './support/sightings.ts';
import { socketStatus } from './support/upgrade.ts';

/** python-engineio's own answer when the `connect` handler returns False. */
const PYTHON_REFUSAL = '"Unauthorized"';

/** Node's Engine.IO never answers 401, and 403 only as JSON with a code, or python-engineio in words of its own. */
function isTurnedAway(exchange: JudgedExchange): boolean {
  if (exchange.kind === 'websocket') return isHandshake(exchange) && socketStatus(exchange) === 401;
  if (exchange.kind !== 'polling') return false;
  const text = bodyText(exchange);
  if (text === PYTHON_REFUSAL || readServerError(text ?? '') !== null) return false;
  if (statusOf(exchange) === 401) return true;
  return statusOf(exchange) === 403 && (text === null ? isForeignType(exchange) : !/accepted origin/.test(text));
}

/** A withheld 403 may be Engine.IO's (JSON) or python-engineio's (text): only another type tells. */
function isForeignType(exchange: JudgedExchange): boolean {
  return !['application/json', 'text/plain', ''].includes(mediaType(exchange));
}

const CHALLENGE = 'WWW-Authenticate';

/** What the server sends is written out by it; a withheld 401 might also come from the server's own code. */
function isKnownForeign(exchange: JudgedExchange): boolean {
  return bodyText(exchange) !== null || responseHeader(exchange, CHALLENGE) !== null;
}

const SEND_COOKIES = 'Send the cookies along, if the check goes by them (the server has to allow credentials)';

export const apiAuth401: Rule = {
  id: 'api-auth-401',
  severity: 'error',
  confidence: 'certain',
  rung: 3,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, isTurnedAway), ({ exchange }) => {
      const status = String(exchange.kind === 'websocket' ? socketStatus(exchange) : statusOf(exchange));
      return {
        confidence: isKnownForeign(exchange) ? 'certain' : 'likely',
        params: { server: exchange.target.origin, path: exchange.target.path, status },
        evidence: [
          { ...statusEvidence(exchange, exchange.kind === 'websocket' ? '101' : '200'), actual: status },
          ...(responseHeader(exchange, CHALLENGE) === null ? [] : [headerEvidence(exchange, CHALLENGE, null)]),
        ],
        fixes: [...exemptPath(fixContext(exchange)), ...sendCookies(fixContext(exchange), SEND_COOKIES)],
        alternatives: exchange.kind === 'websocket' ? ['ws-upgrade-other-status'] : [],
      };
    }),
  isOver: overOnce(isServed, isTurnedAway),
};
