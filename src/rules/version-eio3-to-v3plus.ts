import { allowEio3, upgradeClient } from '../fixes/version.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Evidence } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import { readServerError } from '../protocol/payload.ts';
import { fixContext } from './support/context.ts';
import { corsAnswer } from './support/cors.ts';
import { isGranted } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { bodyText, isHandshake, mediaType, statusOf } from './support/exchanges.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';
import page from './version-eio3-to-v3plus.md?raw';

/** `UNSUPPORTED_PROTOCOL_VERSION` (engine.io `lib/server.ts`); the Go port answers the same text under another code. */
const CODE = 5;
const MESSAGE = 'Unsupported protocol version';

function isEio3Handshake(exchange: JudgedExchange): boolean {
  return exchange.kind === 'polling' && exchange.target.eio === 3 && isHandshake(exchange);
}

function saysUnsupported(exchange: JudgedExchange): boolean {
  const error = readServerError(bodyText(exchange) ?? '');
  return error !== null && (Number(error.code) === CODE || error.message === MESSAGE);
}

/** Python answers `text/plain`; an empty body is another fault. */
function mayHideIt(exchange: JudgedExchange): boolean {
  const state = exchange.response?.body.state;
  return (state === 'hidden' || state === 'not-captured') && mediaType(exchange) === 'application/json';
}

const shows: Shows = (exchange) =>
  isEio3Handshake(exchange) && statusOf(exchange) === 400 && (saysUnsupported(exchange) || mayHideIt(exchange));

function bodyEvidence(exchange: JudgedExchange): Evidence {
  const unread = exchange.response?.body.state === 'hidden' ? '(withheld from the page)' : '(not captured)';
  const actual = bodyText(exchange) ?? unread;
  return { exchange: exchange.key, where: 'body', name: 'body', expected: '0{"sid":…}', actual };
}

export const versionEio3ToV3plus: Rule = {
  id: 'version-eio3-to-v3plus',
  severity: 'error',
  confidence: 'certain',
  rung: 4,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      confidence: saysUnsupported(exchange) ? 'certain' : 'likely',
      params: { server: exchange.target.origin },
      evidence: [
        { exchange: exchange.key, where: 'url', name: 'EIO', expected: '4', actual: '3' },
        statusEvidence(exchange, '200'),
        bodyEvidence(exchange),
      ],
      fixes: [...allowEio3(fixContext(exchange), corsAnswer(exchange)), upgradeClient(fixContext(exchange))],
      alternatives: saysUnsupported(exchange) ? [] : ['transport-disabled', 'middleware-rejected'],
    })),
  isOver: overOnce(isGranted, shows),
};
