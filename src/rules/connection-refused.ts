import { portOf } from '../fixes/context.ts';
import { startServer } from '../fixes/listen.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import page from './connection-refused.md?raw';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { looksRefusedInFirefox } from './support/firefox.ts';
import { errorWord, overOnceAnswered } from './support/network-error.ts';
import { oneHit, sightings } from './support/sightings.ts';

/** Chromium's word for it, in the entry or among a WebSocket's error texts; or Node's, in what a probe recorded. */
const REFUSED = /ERR_CONNECTION_REFUSED|ECONNREFUSED/;

function wordOf(exchange: JudgedExchange): string | null {
  return errorWord(exchange, REFUSED);
}

function isRefused(exchange: JudgedExchange, endpoint: Endpoint): boolean {
  return wordOf(exchange) !== null || looksRefusedInFirefox(exchange, endpoint);
}

export const connectionRefused: Rule = {
  id: 'connection-refused',
  severity: 'error',
  confidence: 'certain',
  rung: 1,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange) => isRefused(exchange, endpoint)),
      ({ exchange }) => ({
        confidence: wordOf(exchange) === null ? 'likely' : 'certain',
        params: { server: exchange.target.origin, port: String(portOf(exchange.target.origin)) },
        evidence: [errorEvidence(exchange, wordOf(exchange) ?? 'status 0, and no time spent connecting')],
        fixes: startServer(fixContext(exchange)),
      }),
    ),
  isOver: overOnceAnswered,
};
