import { pollingAlone } from '../fixes/transports.ts';
import { forwardUpgrade } from '../fixes/upgrade.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { SETTLED_MS, UPGRADE_WAIT_MS } from '../model/waits.ts';
import { isOpenedSocket, wasGivenUp } from '../model/web-socket.ts';
import page from './stuck-on-polling.md?raw';
import { fixContext } from './support/context.ts';
import { seconds, timingEvidence } from './support/evidence.ts';
import { bodyText, isSuccess, observed } from './support/exchanges.ts';
import { handshakeOf } from './support/handshake.ts';
import { socketWorks } from './support/upgrade.ts';

/** A GET that is answered, or still held, with a sid: the transport in use. `6` lets go of it for an upgrade. */
function isPollInUse(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'polling' || exchange.method !== 'GET' || exchange.target.sid === null) return false;
  return exchange.outcome === 'pending' || (isSuccess(exchange) && bodyText(exchange) !== '6');
}

function isUnanswered(exchange: JudgedExchange, nowMs: number): boolean {
  return exchange.outcome === 'pending' && nowMs - exchange.startedMs >= UPGRADE_WAIT_MS;
}

function failedUpgrade(session: Session, nowMs: number): JudgedExchange | undefined {
  return observed(session).find(
    (exchange) =>
      exchange.kind === 'websocket' &&
      !wasGivenUp(exchange) &&
      (isUnanswered(exchange, nowMs) || (exchange.outcome !== 'pending' && !isOpenedSocket(exchange))),
  );
}

interface Stuck {
  session: Session;
  handshake: JudgedExchange;
  polls: JudgedExchange[];
  upgrade: JudgedExchange | undefined;
}

/** An upgrade begins right after the handshake: who still polls some seconds later stays with it. */
function stuckSession(session: Session, { nowMs }: Endpoint): Stuck[] {
  const handshake = handshakeOf(session);
  if (!handshake?.open.upgrades.includes('websocket') || session.transport !== 'polling') return [];
  const polls = observed(session).filter(isPollInUse);
  const lastMs = Math.max(
    ...polls.map(({ startedMs, durationMs }) => (durationMs === null ? nowMs : startedMs + durationMs)),
  );
  if (polls.length < 2 || socketWorks(session) || lastMs - handshake.exchange.startedMs < SETTLED_MS) return [];
  return [{ session, handshake: handshake.exchange, polls, upgrade: failedUpgrade(session, nowMs) }];
}

function upgradeText(upgrade: JudgedExchange | undefined): string {
  if (!upgrade) return 'The client has not tried: it may be set to `transports: ["polling"]`.';
  return upgrade.outcome === 'pending'
    ? `The upgrade was sent and has got no answer for ${UPGRADE_WAIT_MS / 1000} s.`
    : 'The upgrade was tried, and failed.';
}

export const stuckOnPolling: Rule = {
  id: 'stuck-on-polling',
  severity: 'info',
  confidence: 'certain',
  rung: 9,
  page,
  isSymptom: true,
  check(endpoint) {
    const stuck = endpoint.sessions.flatMap((session) => stuckSession(session, endpoint));
    const latest = stuck.at(-1);
    if (!latest) return [];
    const { handshake, polls, upgrade } = latest;
    const used = polls.at(-1) ?? handshake;
    return [
      {
        severity: upgrade ? ('warning' as const) : ('info' as const),
        sessions: stuck.map(({ session }) => session.key),
        exchanges: [handshake.key, used.key, ...(upgrade ? [upgrade.key] : [])],
        transport: 'websocket',
        params: { server: handshake.target.origin, why: upgradeText(upgrade) },
        evidence: [
          timingEvidence(
            used,
            'polling after',
            `${seconds(used.startedMs + (used.durationMs ?? 0) - handshake.startedMs)} s`,
            'WebSocket',
          ),
        ],
        fixes: upgrade ? [...forwardUpgrade(fixContext(handshake)), pollingAlone(fixContext(handshake))] : [],
      },
    ];
  },
  isOver: socketWorks,
};
