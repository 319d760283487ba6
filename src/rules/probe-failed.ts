import { pollingAlone } from '../fixes/transports.ts';
import { forwardUpgrade } from '../fixes/upgrade.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { UPGRADE_WAIT_MS } from '../model/waits.ts';
import { isOpenedSocket, socketEndMs } from '../model/web-socket.ts';
import page from './probe-failed.md?raw';
import { fixContext } from './support/context.ts';
import { packetEvidence, seconds, timingEvidence } from './support/evidence.ts';
import { isSuccess, observed } from './support/exchanges.ts';
import { oneHit, sightings } from './support/sightings.ts';
import { socketWorks } from './support/upgrade.ts';

/** When the probe was sent, and until when nothing came back, ms since the epoch; null where it was answered or is young. */
function unansweredProbe(exchange: JudgedExchange, nowMs: number): { sentMs: number; untilMs: number } | null {
  if (!isOpenedSocket(exchange) || exchange.target.sid === null) return null;
  const probe = exchange.frames.find(({ direction, data }) => direction === 'send' && data === '2probe');
  if (!probe || exchange.frames.some(({ direction }) => direction === 'receive')) return null;
  const endMs = socketEndMs(exchange);
  if (endMs !== null) return { sentMs: probe.atMs, untilMs: endMs };
  return nowMs - probe.atMs >= UPGRADE_WAIT_MS ? { sentMs: probe.atMs, untilMs: nowMs } : null;
}

/** How long after the WebSocket ended a poll shows that the session went on without it, ms. */
const WENT_ON_MS = 1000;

/** The server is there and knows the session: a poll was answered, or sent, when the WebSocket had long been silent. */
function pollingWentOn(session: Session, { untilMs }: { untilMs: number }, nowMs: number): boolean {
  return observed(session).some((exchange) => {
    if (exchange.kind !== 'polling' || exchange.target.sid === null) return false;
    if (exchange.outcome === 'pending') return nowMs - untilMs >= WENT_ON_MS;
    return isSuccess(exchange) && exchange.startedMs + (exchange.durationMs ?? 0) >= untilMs + WENT_ON_MS;
  });
}

function shows(exchange: JudgedExchange, session: Session, { nowMs }: Endpoint): boolean {
  const probe = unansweredProbe(exchange, nowMs);
  if (!probe) return false;
  return probe.untilMs - probe.sentMs >= UPGRADE_WAIT_MS
    ? session.state === 'connected' || pollingWentOn(session, probe, nowMs)
    : pollingWentOn(session, probe, nowMs);
}

export const probeFailed: Rule = {
  id: 'probe-failed',
  severity: 'warning',
  confidence: 'likely',
  rung: 9,
  page,
  check: (endpoint) =>
    oneHit(
      sightings(endpoint, (exchange, session) => shows(exchange, session, endpoint)),
      ({ exchange }) => {
        const probe = unansweredProbe(exchange, endpoint.nowMs);
        const waited = probe ? probe.untilMs - probe.sentMs : 0;
        return {
          params: { server: exchange.target.origin },
          evidence: [
            packetEvidence(exchange, 'answer to 2probe', null, '3probe'),
            timingEvidence(exchange, 'waited', `${seconds(waited)} s`, 'at once'),
          ],
          fixes: [...forwardUpgrade(fixContext(exchange)), pollingAlone(fixContext(exchange))],
        };
      },
    ),
  isOver: (later) =>
    socketWorks(later) &&
    later.exchanges.some(({ frames }) =>
      frames.some(({ direction, data }) => direction === 'receive' && data === '3probe'),
    ),
};
