import { raiseIdleTimeout, secondsAbove } from '../fixes/proxy-limits.ts';
import { pingMoreOften } from '../fixes/server-options.ts';
import type { Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { frameBytes } from '../model/web-socket.ts';
import page from './idle-timeout-proxy.md?raw';
import { fixContext } from './support/context.ts';
import { seconds, timingEvidence } from './support/evidence.ts';
import { heartbeatOf } from './support/handshake.ts';
import { type EndedSocket, endedSockets, isJoined, keptAlive, saidGoodbye } from './support/liveness.ts';
import { showsDown } from './support/lost-sids.ts';
import { areOfDifferentLoads, pageLoadOf } from './support/page-loads.ts';

/** Connections that are lost at once end alike, too, without having been idle, ms. */
const LEAST_GAP_MS = 1_900;

/** Two timeouts of one party differ by less than this, ms, and than this part of them. */
const ALIKE_MS = 2_000;
const ALIKE_PART = 0.25;

/** engine.io's defaults, where the server's own were not seen, ms. */
const PATIENCE_MS = 45_000;

/** A timer of one of the two ends may fire this much early, ms. */
const GRAIN_MS = 500;

/** A frame that may take a while to pass, or be refused for its size, bytes. */
const LARGE_BYTES = 500_000;

interface IdleEnd extends EndedSocket {
  gapMs: number;
  patienceMs: number;
}

/** A WebSocket that ended after nothing had gone over it for a while, and before the heartbeat could have ended it. */
function idleEnds(session: Session): IdleEnd[] {
  if (!isJoined(session) || saidGoodbye(session)) return [];
  const heartbeat = heartbeatOf(session);
  const patienceMs = heartbeat?.patienceMs ?? PATIENCE_MS;
  return endedSockets(session)
    .map((socket) => ({ ...socket, patienceMs, gapMs: socket.endMs - socket.lastFrame.atMs }))
    .filter(({ gapMs, lastFrame }) => {
      if (gapMs < LEAST_GAP_MS || gapMs >= patienceMs - GRAIN_MS || frameBytes(lastFrame) > LARGE_BYTES) return false;
      // An unanswered ping ends the connection, too, `pingTimeout` later: `ping-timeout`.
      return lastFrame.data !== '2';
    });
}

/** Until when after an end the client's next attempts show whether the server was there, ms. */
const NEXT_ATTEMPTS_MS = 10_000;

/** The server went down, or the page was left: that ends connections at any time, idle or not. */
function isEndedByOther({ session, endMs }: IdleEnd, { sessions }: Endpoint): boolean {
  const later = sessions.filter((other) => other !== session && other.startedMs >= endMs - GRAIN_MS);
  const next = later.sort((a, b) => a.startedMs - b.startedMs)[0];
  if (next && areOfDifferentLoads(session, next)) return true;
  return later.some(
    (other) =>
      other.startedMs <= endMs + NEXT_ATTEMPTS_MS &&
      other.exchanges.some((exchange) => !exchange.askedByUs && showsDown(exchange)),
  );
}

/** What ends at one moment ends of one event, however many connections of the page it meets: each moment's first. */
function moments(ends: readonly IdleEnd[]): IdleEnd[] {
  const kept: IdleEnd[] = [];
  for (const end of ends) {
    if (end.endMs - (kept.at(-1)?.endMs ?? Number.NEGATIVE_INFINITY) >= LEAST_GAP_MS) kept.push(end);
  }
  return kept;
}

function alike(latest: IdleEnd, all: readonly IdleEnd[]): IdleEnd[] {
  const within = Math.min(ALIKE_MS, latest.gapMs * ALIKE_PART);
  return all.filter(({ gapMs }) => Math.abs(gapMs - latest.gapMs) <= within);
}

/** Where a file does not say which load of the page it was, somebody may have reloaded it each time. */
function isOfKnownLoad({ session }: IdleEnd): boolean {
  return pageLoadOf(session) !== null;
}

export const idleTimeoutProxy: Rule = {
  id: 'idle-timeout-proxy',
  severity: 'warning',
  confidence: 'certain',
  rung: 11,
  page,
  mayReturn: true,
  check(endpoint): Hit[] {
    const ends = endpoint.sessions
      .flatMap(idleEnds)
      .filter((end) => !isEndedByOther(end, endpoint))
      .sort((a, b) => a.endMs - b.endMs);
    const latest = ends.at(-1);
    if (!latest) return [];
    const same = alike(latest, ends);
    const times = moments(same);
    if (times.length < 2) return [];
    const { exchange, gapMs, patienceMs } = latest;
    const intervalMs = heartbeatOf(latest.session)?.intervalMs ?? null;
    const context = fixContext(exchange);
    return [
      {
        confidence: times.length >= 3 && times.every(isOfKnownLoad) ? 'certain' : 'likely',
        sessions: [...new Set(same.map(({ session }) => session.key))],
        exchanges: same.map((end) => end.exchange.key),
        params: {
          server: exchange.target.origin,
          gap: seconds(gapMs),
          count: String(times.length),
          patience: seconds(patienceMs),
          needed: String(secondsAbove(patienceMs)),
        },
        evidence: times.map((end) =>
          timingEvidence(
            end.exchange,
            'idle before the end',
            `${seconds(end.gapMs)} s`,
            `up to ${seconds(patienceMs)} s`,
          ),
        ),
        fixes: [...raiseIdleTimeout(context, patienceMs), ...pingMoreOften(context, gapMs * 0.6, intervalMs)],
      },
    ];
  },
  isOver: keptAlive,
};
