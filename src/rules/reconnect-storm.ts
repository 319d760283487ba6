import { keepBackoff } from '../fixes/lifecycle.ts';
import { reactHook } from '../fixes/react.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint, Session } from '../model/session.ts';
import page from './reconnect-storm.md?raw';
import { fixContext } from './support/context.ts';
import { timingEvidence } from './support/evidence.ts';
import { isHandshake } from './support/exchanges.ts';
import { keptAlive } from './support/liveness.ts';
import { oneHit, type Sighting } from './support/sightings.ts';

const MINUTE_MS = 60_000;

/**
 * More than this within a minute the client does not do by itself. Its backoff (1 s, doubled up to 5 s, randomised by half; socket.io-client
 * `manager.ts`) makes at most 19 attempts in the first minute; only a connection that opened begins at 1 s again.
 */
const MOST_FAILED = 20;
const MOST_OPENED = 10;

/** The shortest pause of the backoff is 500 ms; so many shorter ones in a row are no accident. */
const SHORTEST_MS = 450;
const MOST_SHORT = 5;

/** One attempt that is over. */
interface Attempt extends Sighting {
  endMs: number;
}

/** Also those that were folded into one session. */
function attemptsOf(session: Session): Attempt[] {
  if (session.state !== 'failed' && session.state !== 'closed') return [];
  const handshakes = session.exchanges.filter((exchange) => !exchange.askedByUs && isHandshake(exchange));
  return handshakes.map((exchange) => ({ exchange, session, endMs: endOf(exchange, session) }));
}

function endOf(exchange: JudgedExchange, session: Session): number {
  return session.attempts === 1 && session.endedMs !== null
    ? session.endedMs
    : exchange.startedMs + (exchange.durationMs ?? 0);
}

/** The most that lie within one minute, and whether the last of all is among them. */
function fullestMinute(attempts: readonly Attempt[]): Attempt[] {
  let fullest: Attempt[] = [];
  let from = 0;
  for (const [index, { exchange }] of attempts.entries()) {
    while ((attempts[from]?.exchange.startedMs ?? 0) < exchange.startedMs - MINUTE_MS) from += 1;
    if (index + 1 - from > fullest.length) fullest = attempts.slice(from, index + 1);
  }
  return fullest;
}

/** The longest run of attempts that each began right after the one before had ended. */
function longestRush(attempts: readonly Attempt[]): Attempt[] {
  let longest: Attempt[] = [];
  let run: Attempt[] = [];
  for (const attempt of attempts) {
    const pauseMs = attempt.exchange.startedMs - (run.at(-1)?.endMs ?? Number.NEGATIVE_INFINITY);
    run = pauseMs >= 0 && pauseMs < SHORTEST_MS ? [...run, attempt] : [attempt];
    if (run.length > longest.length) longest = run;
  }
  return longest;
}

function stormOf(attempts: readonly Attempt[]): Attempt[] {
  const rush = longestRush(attempts);
  if (rush.length > MOST_SHORT) return rush;
  const opened = fullestMinute(attempts.filter(({ session }) => session.opened));
  if (opened.length > MOST_OPENED) return opened;
  const all = fullestMinute(attempts);
  return all.length > MOST_FAILED ? all : [];
}

/** The latest storm of one page load: every reload connects anew, and that is no reconnecting. */
function storm({ sessions }: Endpoint): Attempt[] {
  const attempts = sessions.flatMap(attemptsOf).sort((a, b) => a.exchange.startedMs - b.exchange.startedMs);
  const loads = new Map<string | undefined, Attempt[]>();
  for (const attempt of attempts) {
    const { pageref } = attempt.exchange.source;
    const load = loads.get(pageref) ?? [];
    load.push(attempt);
    loads.set(pageref, load);
  }
  return [...loads.values()].map(stormOf).findLast((found) => found.length > 0) ?? [];
}

/** Attempts that never opened, and then one that did: what was wrong is over, and the storm with it. */
function hasPassed(attempts: readonly Attempt[], { sessions }: Endpoint): boolean {
  const lastMs = attempts.at(-1)?.exchange.startedMs ?? 0;
  return (
    attempts.every(({ session }) => !session.opened) &&
    sessions.some(({ state, startedMs }) => state === 'connected' && startedMs > lastMs)
  );
}

export const reconnectStorm: Rule = {
  id: 'reconnect-storm',
  severity: 'warning',
  confidence: 'certain',
  rung: 12,
  page,
  mayReturn: true,
  isSymptom: true,
  check(endpoint) {
    const attempts = storm(endpoint);
    if (hasPassed(attempts, endpoint)) return [];
    const spanMs = (attempts.at(-1)?.exchange.startedMs ?? 0) - (attempts[0]?.exchange.startedMs ?? 0);
    const rate = `${attempts.length} in ${Math.max(1, Math.round(spanMs / 1000))} s`;
    return oneHit(attempts, ({ exchange }) => ({
      params: { server: exchange.target.origin, rate },
      evidence: [timingEvidence(exchange, 'handshakes', rate, 'one, or pauses of 1 s, growing to 5 s')],
      fixes: [keepBackoff(fixContext(exchange)), ...reactHook(fixContext(exchange))],
    }));
  },
  // In a storm of connections that open and are lost, the latest is open for a moment, too.
  isOver: keptAlive,
};
