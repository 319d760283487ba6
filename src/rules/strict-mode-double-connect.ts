import { shareSocket } from '../fixes/lifecycle.ts';
import { reactHook } from '../fixes/react.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { wasGivenUp } from '../model/web-socket.ts';
import page from './strict-mode-double-connect.md?raw';
import { sessionContext } from './support/context.ts';
import { timingEvidence } from './support/evidence.ts';
import { isHandshake, observed } from './support/exchanges.ts';
import { isJoined, saidGoodbye } from './support/liveness.ts';

/** React mounts, unmounts and mounts again within one task; the handshakes start together, ms. */
const TOGETHER_MS = 100;
/** Another handshake this near is more than a double mount, ms. */
const ALONE_MS = 1_000;

/**
 * A client that reads a sid uses it at once; one that has not by then never will, ms. On a fast machine a connection is made and
 * upgraded within 200 ms and then says nothing for 25 s: to wait longer is to stay silent.
 */
const USED_WITHIN_MS = 100;

/**
 * A sid that was handed out and never used: React’s first mount, whose client was closed before the answer came.
 * A page reads answers in the order in which they come: had it kept this one, it would have used it before `kept`'s.
 */
function isUnused(session: Session, kept: Session): boolean {
  const [handshake, ...others] = observed(session).filter(({ kind }) => kind !== 'preflight');
  if (!handshake || others.length > 0 || handshake.kind !== 'polling' || session.sid === null) return false;
  const answeredMs = handshake.startedMs + (handshake.durationMs ?? 0);
  return answeredMs <= usedMs(kept) && kept.lastActivityMs - answeredMs >= USED_WITHIN_MS;
}

/** When the page first used the session’s sid; infinitely late if it did not. */
function usedMs(session: Session): number {
  const uses = observed(session).filter(({ target }) => target.sid !== null);
  return Math.min(...uses.map(({ startedMs }) => startedMs));
}

/** The page itself closed it, or forgot it, before it joined anything, while it went on with `kept`. */
function isDiscarded(session: Session, kept: Session): boolean {
  if (session.packets.some(({ direction }) => direction === 'receive')) return false;
  const requests = observed(session);
  return (
    isUnused(session, kept) ||
    saidGoodbye(session) ||
    requests.some((request) => request.error === 'net::ERR_ABORTED' || wasGivenUp(request))
  );
}

function gapMs(a: Session, b: Session): number {
  return Math.abs(a.startedMs - b.startedMs);
}

/** Exactly two attempts together, of which the page kept one. */
function doubles({ sessions }: Endpoint): [Session, Session][] {
  const begun = sessions.filter((session) => session.attempts === 1 && observed(session).some(isHandshake));
  return begun.flatMap((first): [Session, Session][] => {
    const near = begun.filter((other) => other !== first && gapMs(first, other) < ALONE_MS);
    const [second] = near;
    if (!second || near.length > 1 || gapMs(first, second) >= TOGETHER_MS) return [];
    return isDiscarded(first, second) && isJoined(second) ? [[first, second]] : [];
  });
}

export const strictModeDoubleConnect: Rule = {
  id: 'strict-mode-double-connect',
  severity: 'info',
  confidence: 'hint',
  rung: 12,
  page,
  mayReturn: true,
  check(endpoint) {
    const pairs = doubles(endpoint);
    const [first, second] = pairs.at(-1) ?? [];
    const [discarded, kept] = [first, second].map((session) => session && observed(session).find(isHandshake));
    if (!first || !second || !discarded || !kept) return [];
    return [
      {
        sessions: pairs.flat().map(({ key }) => key),
        exchanges: [discarded.key, kept.key],
        params: { server: first.endpoint.origin },
        evidence: [timingEvidence(discarded, 'handshakes apart', `${gapMs(first, second)} ms`, 'one handshake')],
        fixes: [...reactHook(sessionContext(second)), shareSocket(sessionContext(second))],
      },
    ];
  },
};
