import { pollingAlone } from '../fixes/transports.ts';
import { forwardUpgrade } from '../fixes/upgrade.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { fixContext } from './support/context.ts';
import { oneHit, sightings } from './support/sightings.ts';
import {
  answerEvidence,
  effectText,
  isUpgradeFault,
  mayBeMisrouted,
  pollingWorks,
  severityOf,
  socketStatus,
  socketWorks,
} from './support/upgrade.ts';
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
        severity: severityOf(exchange),
        params: { server: exchange.target.origin, path: exchange.target.path, effect: effectText(exchange) },
        evidence: [answerEvidence(exchange)],
        fixes: [...forwardUpgrade(fixContext(exchange)), pollingAlone(fixContext(exchange))],
        alternatives: alternativesOf(session, endpoint),
      }),
    ),
  isOver: socketWorks,
};
