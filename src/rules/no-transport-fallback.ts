import { pollingAlone, pollingFirst } from '../fixes/transports.ts';
import { forwardUpgrade } from '../fixes/upgrade.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import { isOpenedSocket, wasGivenUp } from '../model/web-socket.ts';
import page from './no-transport-fallback.md?raw';
import { fixContext } from './support/context.ts';
import { errorEvidence, statusEvidence } from './support/evidence.ts';
import { observed, statusOf } from './support/exchanges.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { socketStatus, wasDestroyed } from './support/upgrade.ts';

/** Chromium's word for an upgrade that was dropped (net/websockets). */
const DROPPED = 'Connection closed before receiving a handshake response';

/** Refused or dropped on the way: polling may get through there. Where nothing listens, or nobody takes the path, it would not. */
function isRefused(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'websocket' || exchange.target.sid !== null || wasGivenUp(exchange)) return false;
  if (exchange.response === null && wasDestroyed(exchange)) return false;
  if (socketStatus(exchange) >= 200) return true;
  // Dropped by Engine.IO itself, whose path is another: polling would not get through there either.
  if (exchange.socketErrors.some((text) => text.includes(DROPPED))) return !wasDestroyed(exchange);
  return isBlanked(exchange);
}

/** Sent, unanswered, and the reason withheld. */
function isBlanked({ socketErrors: texts, requestHeaders, response }: JudgedExchange): boolean {
  return response === null && requestHeaders.length > 0 && texts.length > 0 && texts.every((text) => text === '');
}

function isSocketOnly(endpoint: Endpoint): boolean {
  const all = endpoint.sessions.flatMap((session) => session.exchanges.filter(({ askedByUs }) => !askedByUs));
  return all.length > 0 && all.every(({ kind }) => kind === 'websocket') && !all.some(isOpenedSocket);
}

function answerEvidence(exchange: JudgedExchange) {
  const text = exchange.socketErrors.find((error) => error !== '');
  if (text !== undefined) return errorEvidence(exchange, text);
  return statusOf(exchange) > 0 ? statusEvidence(exchange, '101') : errorEvidence(exchange, '');
}

export const noTransportFallback: Rule = {
  id: 'no-transport-fallback',
  severity: 'error',
  confidence: 'likely',
  rung: 9,
  page,
  check: (endpoint) => {
    if (!isSocketOnly(endpoint)) return [];
    return oneHit(sightings(endpoint, isRefused), ({ exchange }) => ({
      params: { server: exchange.target.origin },
      evidence: [
        { exchange: exchange.key, where: 'url', name: 'transport', expected: 'polling', actual: 'websocket' },
        answerEvidence(exchange),
      ],
      transport: null,
      fixes: [
        pollingFirst(fixContext(exchange)),
        ...forwardUpgrade(fixContext(exchange)),
        pollingAlone(fixContext(exchange)),
      ],
    }));
  },
  isOver: (later) => later.opened || observed(later).some(({ kind }) => kind === 'polling'),
};
