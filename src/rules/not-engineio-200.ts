import type { JudgedExchange } from '../model/exchange.ts';
import type { Evidence } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import { decodePollingBody } from '../protocol/payload.ts';
import page from './not-engineio-200.md?raw';
import { isServed } from './support/engine-errors.ts';
import { headerEvidence } from './support/evidence.ts';
import { bodyText, isHandshake, mediaType, statusOf } from './support/exchanges.ts';
import { reachPath } from './support/path-fixes.ts';
import { oneHit, overOnce, sightings } from './support/sightings.ts';

/** A handshake of any protocol revision, JSONP included: another revision's is another rule's. */
const HANDSHAKE = /^(\d+:)?0\{|^___eio\[/;

/** A good answer to the handshake that is no handshake and no HTML. */
function isForeign(exchange: JudgedExchange, endpoint?: Endpoint): boolean {
  if (exchange.kind !== 'polling' || !isHandshake(exchange) || exchange.method !== 'GET') return false;
  if (statusOf(exchange) !== 200 || mediaType(exchange) === 'text/html') return false;
  const text = bodyText(exchange);
  if (text === null) return mediaType(exchange) === 'application/json';
  if (/^\s*</.test(text) || HANDSHAKE.test(text)) return false;
  // A file may leave contents out; an empty one is believed only where nothing else was ever given.
  if (text === '' && endpoint?.sessions.some((session) => session.opened)) return false;
  return decodePollingBody(text, exchange.target.eio ?? 4)?.[0]?.type !== 'open';
}

/** How much of the answer is shown. */
const SHOWN = 60;

function bodyEvidence(exchange: JudgedExchange): Evidence[] {
  const text = bodyText(exchange);
  if (text === null) return [headerEvidence(exchange, 'Content-Type', 'text/plain; charset=UTF-8')];
  return [
    { exchange: exchange.key, where: 'body', name: 'body', expected: '0{"sid":…}', actual: text.slice(0, SHOWN) },
  ];
}

export const notEngineio200: Rule = {
  id: 'not-engineio-200',
  severity: 'error',
  confidence: 'likely',
  rung: 3,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => isForeign(exchange, endpoint)),
      ({ exchange }) => ({
        params: { server: exchange.target.origin, path: exchange.target.path },
        evidence: bodyEvidence(exchange),
        fixes: reachPath(exchange),
      }),
    ),
  isOver: overOnce(isServed, (exchange) => isForeign(exchange)),
};
