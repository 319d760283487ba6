import { shareSocket } from '../fixes/lifecycle.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import page from './strict-mode-double-connect.md?raw';
import { sessionContext } from './support/context.ts';
import { timingEvidence } from './support/evidence.ts';
import { isHandshake, observed } from './support/exchanges.ts';
import { saidGoodbye } from './support/liveness.ts';
import { wasGivenUp } from './support/upgrade.ts';

/** React mounts, unmounts and mounts again within one task; the handshakes start together, ms. */
const TOGETHER_MS = 100;
/** Another handshake this near is more than a double mount, ms. */
const ALONE_MS = 1_000;

/** The page itself closed it before it joined anything. */
function isDiscarded(session: Session): boolean {
  if (session.packets.some(({ direction }) => direction === 'receive')) return false;
  const requests = observed(session);
  return (
    saidGoodbye(session) || requests.some((request) => request.error === 'net::ERR_ABORTED' || wasGivenUp(request))
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
    return isDiscarded(first) && second.opened && !isDiscarded(second) ? [[first, second]] : [];
  });
}

export const strictModeDoubleConnect: Rule = {
  id: 'strict-mode-double-connect',
  severity: 'info',
  confidence: 'hint',
  rung: 12,
  page,
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
        fixes: [shareSocket(sessionContext(second))],
      },
    ];
  },
};
