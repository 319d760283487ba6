import { askFromTerminal } from '../fixes/ask-directly.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { HANDSHAKE_WAIT_MS } from '../model/waits.ts';
import page from './handshake-pending.md?raw';
import { fixContext } from './support/context.ts';
import { seconds, timingEvidence } from './support/evidence.ts';
import { observed } from './support/exchanges.ts';
import { silences } from './support/liveness.ts';
import { oneHit, type Sighting } from './support/sightings.ts';

/** Until when the page waited: what came after belongs to another attempt, or to another page. ms since the epoch. */
function waitedUntil(session: Session, { sessions, nowMs }: Endpoint): number {
  const later = sessions.filter((other) => other.startedMs > session.startedMs).map(({ startedMs }) => startedMs);
  return Math.min(nowMs, ...later);
}

/** HTTP/1.1: so many requests to one host are under way at most, and the others wait in the browser. */
const MOST_AT_ONCE = 6;

/** Whether the request may not have been sent yet. */
function isQueued({ sessions }: Endpoint): boolean {
  const held = sessions.flatMap(observed).filter(({ outcome, target }) => outcome === 'pending' && target.sid !== null);
  return held.length >= MOST_AT_ONCE;
}

function pendingHandshakes(endpoint: Endpoint): Sighting[] {
  if (isQueued(endpoint)) return [];
  return endpoint.sessions.flatMap((session) =>
    observed(session)
      .filter(
        ({ outcome, target, startedMs }) =>
          outcome === 'pending' &&
          target.sid === null &&
          waitedUntil(session, endpoint) - startedMs >= HANDSHAKE_WAIT_MS,
      )
      .map((exchange) => ({ exchange, session })),
  );
}

export const handshakePending: Rule = {
  id: 'handshake-pending',
  severity: 'error',
  confidence: 'likely',
  rung: 11,
  page,
  mayReturn: true,
  check: (endpoint) =>
    oneHit(pendingHandshakes(endpoint), ({ exchange, session }) => {
      const waited = waitedUntil(session, endpoint) - exchange.startedMs;
      const follows = silences(endpoint).some(({ next }) => next.session === session);
      return {
        // A server that fell silent in the connection before is silent to this one, too: a consequence.
        ...(follows && { severity: 'info' as const }),
        params: { server: exchange.target.origin, wait: String(HANDSHAKE_WAIT_MS / 1000) },
        evidence: [
          timingEvidence(exchange, 'waiting', `${seconds(Math.min(waited, 3_600_000))} s`, 'an answer at once'),
        ],
        fixes: [askFromTerminal(fixContext(exchange))],
        alternatives: ['ping-timeout'],
      };
    }),
};
