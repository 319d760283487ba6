import { pollingAlone } from '../fixes/transports.ts';
import { forwardUpgrade } from '../fixes/upgrade.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { fixContext } from './support/context.ts';
import { errorEvidence } from './support/evidence.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { isUpgradeFault, severityOf, socketWorks, wasDestroyed } from './support/upgrade.ts';
import page from './ws-upgrade-failed-hidden.md?raw';

/** Attempts this close belong to one page start (React's StrictMode mounts twice), ms. */
const SAME_START_MS = 1000;

/** Sent (an entry without headers never was), unanswered, and the reason blanked. */
function isBlanked(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'websocket' || exchange.dialect !== 'chromium' || exchange.response !== null) return false;
  const texts = exchange.socketErrors;
  return texts.length > 0 && texts.every((text) => text === '') && exchange.requestHeaders.length > 0;
}

/** The page gave this socket up and opened another, which works. */
function hasWorkingTwin(session: Session, endpoint: Endpoint): boolean {
  return endpoint.sessions.some(
    (other) => other !== session && Math.abs(other.startedMs - session.startedMs) < SAME_START_MS && socketWorks(other),
  );
}

function isHiddenFault(exchange: JudgedExchange, session: Session, endpoint: Endpoint): boolean {
  if (!isBlanked(exchange) || wasDestroyed(exchange)) return false;
  return isUpgradeFault(exchange, session, endpoint) && !hasWorkingTwin(session, endpoint);
}

export const wsUpgradeFailedHidden: Rule = {
  id: 'ws-upgrade-failed-hidden',
  severity: 'warning',
  confidence: 'likely',
  rung: 9,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange, session) => isHiddenFault(exchange, session, endpoint)),
      ({ exchange }) => ({
        severity: severityOf(exchange),
        params: { server: exchange.target.origin },
        evidence: [errorEvidence(exchange, '')],
        fixes: [...forwardUpgrade(fixContext(exchange)), pollingAlone(fixContext(exchange))],
        alternatives: ['ws-upgrade-400-proxy', 'ws-upgrade-other-status', 'ws-upgrade-dropped'],
      }),
    ),
  isOver: socketWorks,
};
