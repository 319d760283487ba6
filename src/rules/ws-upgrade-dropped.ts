import { pollingAlone } from '../fixes/transports.ts';
import { forwardUpgrade, proxyWebSocketInVite } from '../fixes/upgrade.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import { wasGivenUp } from '../model/web-socket.ts';
import { fixContext } from './support/context.ts';
import { oneHit, sightings } from './support/sightings.ts';
import {
  answerEvidence,
  effectText,
  isUpgradeFault,
  pollingWorks,
  severityOf,
  socketWorks,
  wasDestroyed,
} from './support/upgrade.ts';
import page from './ws-upgrade-dropped.md?raw';

/** Chromium's words for an end without an answer (net/websockets/websocket_stream.cc, net/base/net_error_list.h). */
const DROPPED = [
  'Connection closed before receiving a handshake response',
  'net::ERR_CONNECTION_RESET',
  'net::ERR_CONNECTION_CLOSED',
  'net::ERR_EMPTY_RESPONSE',
];

/** Where nobody answers Apache, Apache answers for him: 502. */
const ALWAYS_ANSWERS = ['apache'];

function isDropped(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'websocket' || exchange.response !== null) return false;
  if (wasGivenUp(exchange) || wasDestroyed(exchange)) return false;
  return exchange.socketErrors.some((text) => DROPPED.some((word) => text.includes(word)));
}

export const wsUpgradeDropped: Rule = {
  id: 'ws-upgrade-dropped',
  severity: 'warning',
  confidence: 'likely',
  rung: 9,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange, session) => isDropped(exchange) && isUpgradeFault(exchange, session, endpoint)),
      ({ exchange }) => ({
        severity: severityOf(exchange),
        params: { server: exchange.target.origin, path: exchange.target.path, effect: effectText(exchange) },
        evidence: [answerEvidence(exchange)],
        fixes: [
          ...forwardUpgrade(fixContext(exchange), ALWAYS_ANSWERS),
          ...proxyWebSocketInVite(fixContext(exchange)),
          pollingAlone(fixContext(exchange)),
        ],
        alternatives: pollingWorks(endpoint) ? [] : ['empty-response', 'ws-path-unmatched'],
      }),
    ),
  isOver: socketWorks,
};
