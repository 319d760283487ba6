/**
 * Whether the page went on to use the sid that a handshake gave out. Firefox, and a proxy's HAR, mark no response that the
 * browser kept from the page; there this decides: who reads a sid uses it, and who cannot tries again.
 */
import type { Exchange } from '../model/exchange.ts';
import type { Attempt } from './group.ts';

export interface SidUse {
  /**
   * Of a polling handshake: true when its sid was used, false when it should have been and was not. Null for everything else,
   * and where it cannot be told (yet): there was no time, or the page may have discarded the sid.
   */
  usedSid(exchange: Exchange): boolean | null;
  /** When more can be told just because time has passed (ms since the epoch); null when nothing waits. */
  dueMs: number | null;
}

/**
 * Any request of the page that begins this much after the handshake's answer, ms, shows that the page's scripts had the time
 * to use it. A client that could not read it tries again after half a second at the earliest (`reconnectionDelay`, halved
 * by `randomizationFactor`).
 */
const SAME_MOMENT_MS = 1_000;

/** Without such a request: a page that is loading may be busy for that long, ms. */
const USE_WAIT_MS = 3_000;

/** An answer that gave out a sid. */
interface Offer {
  exchange: Exchange;
  used: boolean;
}

/**
 * Looks at the attempts of one endpoint. Costs O(n log n).
 *
 * @param nowMs the capture's clock
 */
export function sidUseOf(attempts: readonly Attempt[], nowMs: number): SidUse {
  const offers = attempts.flatMap(offersOf).sort((a, b) => a.exchange.startedMs - b.exchange.startedMs);
  const lastStartMs = attempts.reduce((last, { exchanges }) => Math.max(last, exchanges.at(-1)?.startedMs ?? 0), 0);
  const usedAtMs = attempts.filter(isUsed).flatMap(({ exchanges }) => exchanges[0]?.startedMs ?? []);
  const isNearUse = nearOneOf(usedAtMs);
  const suspects = offers.filter(({ exchange, used }) => !used && !isNearUse(exchange.startedMs));
  const alone = usedAtMs.length > 0 ? loners(offers) : new Set<Offer>();

  const answers = new Map<string, boolean | null>(offers.map(({ exchange, used }) => [exchange.key, used || null]));
  let dueMs: number | null = null;
  for (const suspect of suspects) {
    const { exchange } = suspect;
    const settlesMs = answeredMs(exchange) + USE_WAIT_MS;
    const hadTime = nowMs >= settlesMs || lastStartMs >= answeredMs(exchange) + SAME_MOMENT_MS;
    if (hadTime && !alone.has(suspect)) answers.set(exchange.key, false);
    if (!hadTime) dueMs = Math.min(dueMs ?? settlesMs, settlesMs);
  }
  return { usedSid: ({ key }) => answers.get(key) ?? null, dueMs };
}

/** What the panel itself asks, nobody goes on with. Chromium says itself which answers it kept. */
function offersOf(attempt: Attempt): Offer[] {
  if (attempt.sid === null) return [];
  const used = isUsed(attempt);
  return attempt.exchanges
    .filter((exchange) => exchange.kind === 'polling' && exchange.target.sid === null && exchange.response !== null)
    .filter((exchange) => exchange.dialect !== 'chromium' && (used || !exchange.askedByUs))
    .map((exchange) => ({ exchange, used }));
}

function isUsed({ exchanges }: Attempt): boolean {
  return exchanges.some((exchange) => exchange.target.sid !== null || exchange.sidUsed);
}

/** Where the way is long, the request that uses the sid takes as long again before DevTools tells of it. */
function answeredMs({ startedMs, durationMs }: Exchange): number {
  return startedMs + 2 * (durationMs ?? 0);
}

/** React's StrictMode opens twice and discards the first: its sid is no more used than one that could not be read. */
function nearOneOf(timesMs: readonly number[]): (atMs: number) => boolean {
  const slots = new Map<number, number[]>();
  const slotOf = (atMs: number) => Math.floor(atMs / SAME_MOMENT_MS);
  for (const timeMs of timesMs) {
    const slot = slots.get(slotOf(timeMs));
    if (slot) slot.push(timeMs);
    else slots.set(slotOf(timeMs), [timeMs]);
  }
  return (atMs) =>
    [-1, 0, 1].some((step) =>
      slots.get(slotOf(atMs) + step)?.some((timeMs) => Math.abs(timeMs - atMs) < SAME_MOMENT_MS),
    );
}

/**
 * Sids that were not used although the next and the one before were. A page that closes a connection while it opens leaves
 * one such; a client that cannot read the answer comes again.
 */
function loners(offers: readonly Offer[]): Set<Offer> {
  return new Set(offers.filter((_, index) => (offers[index - 1]?.used ?? true) && (offers[index + 1]?.used ?? true)));
}
