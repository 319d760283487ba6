import { connectOverHttps } from '../fixes/https.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import page from './empty-response.md?raw';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { looksDroppedInFirefox } from './support/firefox.ts';
import { errorWord, overOnceAnswered } from './support/network-error.ts';
import { oneHit, sightings } from './support/sightings.ts';

/** The connection was made, and ended without an answer (Chromium, net/base/net_error_list.h; Node). */
const DROPPED = /ERR_(EMPTY_RESPONSE|CONNECTION_RESET|CONNECTION_CLOSED)|ECONNRESET|socket hang up/;

/** Only before there is a sid: a connection that is cut later says that a server stopped, or that a message was too large. */
function isDropped(exchange: JudgedExchange, endpoint: Endpoint): boolean {
  if (exchange.target.sid !== null) return false;
  return errorWord(exchange, DROPPED) !== null || looksDroppedInFirefox(exchange, endpoint);
}

export const emptyResponse: Rule = {
  id: 'empty-response',
  severity: 'error',
  confidence: 'certain',
  rung: 1,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => isDropped(exchange, endpoint)),
      ({ exchange }) => {
        const word = errorWord(exchange, DROPPED);
        const { scheme, origin: server } = exchange.target;
        const isPlain = scheme === 'http' || scheme === 'ws';
        return {
          confidence: word === null ? 'likely' : 'certain',
          params: { server },
          evidence: [errorEvidence(exchange, word ?? 'status 0, after a connection was made')],
          fixes: isPlain
            ? [connectOverHttps(fixContext(exchange), 'If the server speaks TLS on this port, connect over `https`')]
            : [],
        };
      },
    ),
  isOver: overOnceAnswered,
};
