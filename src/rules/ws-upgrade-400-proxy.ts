import { forwardUpgrade } from '../fixes/upgrade.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { fixContext } from './support/context.ts';
import { errorEvidence, statusEvidence } from './support/evidence.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { isUpgradeFault, mayBeMisrouted, pollingWorks, socketStatus, socketWorks } from './support/upgrade.ts';
import page from './ws-upgrade-400-proxy.md?raw';

/** Without polling to prove the server healthy, its own refusals look the same. */
const SERVER_REFUSALS = [
  'transport-disabled',
  'allow-request-forbidden',
  'middleware-rejected',
  'python-origin-rejected',
];

function alternativesOf(session: Session, endpoint: Endpoint): string[] {
  if (session.server?.name === 'python-socketio') return ['uvicorn-unsupported-upgrade'];
  if (mayBeMisrouted(endpoint)) return ['sticky-session-missing'];
  return pollingWorks(endpoint) ? [] : SERVER_REFUSALS;
}

function answerEvidence(exchange: JudgedExchange) {
  const text = exchange.socketErrors.find((error) => error !== '');
  return text === undefined ? statusEvidence(exchange, '101') : errorEvidence(exchange, text);
}

export const wsUpgrade400Proxy: Rule = {
  id: 'ws-upgrade-400-proxy',
  severity: 'warning',
  confidence: 'likely',
  rung: 9,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(
        endpoint,
        (exchange, session) => socketStatus(exchange) === 400 && isUpgradeFault(exchange, session, endpoint),
      ),
      ({ exchange, session }) => ({
        severity: exchange.target.sid === null ? 'error' : 'warning',
        params: { server: exchange.target.origin, path: exchange.target.path, effect: effectText(exchange) },
        evidence: [answerEvidence(exchange)],
        fixes: [forwardUpgrade(fixContext(exchange))],
        alternatives: alternativesOf(session, endpoint),
      }),
    ),
  isOver: socketWorks,
};

function effectText(exchange: JudgedExchange): string {
  return exchange.target.sid === null
    ? 'The client uses WebSocket alone, so it has no connection at all.'
    : 'The connection works over polling and stays there.';
}
