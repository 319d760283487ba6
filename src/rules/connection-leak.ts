import { shareSocket } from '../fixes/lifecycle.ts';
import { reactHook } from '../fixes/react.ts';
import type { Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import page from './connection-leak.md?raw';
import { sessionContext } from './support/context.ts';
import { seconds, timingEvidence } from './support/evidence.ts';
import { isHandshake, observed } from './support/exchanges.ts';

/** So many connections of one page to one namespace no page needs. */
const TOO_MANY = 3;

/** Begun further apart than this, they were not opened together at the start of the page, ms. */
const GROWING_MS = 500;

/** Only Chromium shows when a WebSocket closes: elsewhere an open one and a closed one look alike. */
function canBeCounted(session: Session): boolean {
  return session.state === 'connected' && observed(session).every(({ dialect }) => dialect === 'chromium');
}

/**
 * Connections to the namespace that were all alive after the newest of them had begun: a connection that was lost without a
 * word looks open, too, but nothing happens on it any more.
 */
function aliveTogether(sessions: readonly Session[]): Session[] {
  const newestMs = Math.max(...sessions.map(({ startedMs }) => startedMs));
  return sessions.filter(({ startedMs, lastActivityMs }) => startedMs === newestMs || lastActivityMs > newestMs);
}

function isGrowing(sessions: readonly Session[]): boolean {
  const starts = sessions.map(({ startedMs }) => startedMs).sort((a, b) => a - b);
  const steps = starts.slice(1).filter((start, index) => start - (starts[index] ?? start) >= GROWING_MS);
  return steps.length >= TOO_MANY - 1;
}

function leakIn({ sessions }: Endpoint, namespace: string): Hit[] {
  const joined = sessions.filter(
    (session) =>
      canBeCounted(session) &&
      session.namespaces.some(({ name, state }) => name === namespace && state === 'connected'),
  );
  const leaked = aliveTogether(joined);
  const [first] = leaked;
  const last = leaked.at(-1);
  const handshakes = leaked.flatMap((session) => observed(session).find(isHandshake) ?? []);
  const shown = handshakes.at(-1);
  if (leaked.length < TOO_MANY || !isGrowing(leaked) || !first || !last || !shown) return [];
  return [
    {
      sessions: leaked.map(({ key }) => key),
      exchanges: handshakes.map(({ key }) => key),
      params: {
        server: first.endpoint.origin,
        namespace,
        count: String(leaked.length),
        span: seconds(last.startedMs - first.startedMs),
      },
      evidence: [timingEvidence(shown, 'open at the same time', String(leaked.length), '1')],
      fixes: [shareSocket(sessionContext(last), namespace), ...reactHook(sessionContext(last), namespace)],
    },
  ];
}

export const connectionLeak: Rule = {
  id: 'connection-leak',
  severity: 'warning',
  confidence: 'likely',
  rung: 12,
  page,
  mayReturn: true,
  check(endpoint) {
    const names = new Set(endpoint.sessions.flatMap(({ namespaces }) => namespaces.map(({ name }) => name)));
    return [...names].flatMap((name) => leakIn(endpoint, name));
  },
  // Seen afresh every time: once they are closed, it says nothing any more.
  isOver: () => false,
};
