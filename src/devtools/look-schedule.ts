/**
 * When to look for what only `getHAR` shows: open WebSockets and pending requests. A look costs with the whole page's log (about
 * 0.09 ms an entry), so it is made while someone watches, and never in quick succession.
 */

/** While watched, a look at most this often. */
export const REGULAR_MS = 5_000;
/** An upgrade follows a handshake within this time, if the network is not slow. */
export const SOON_MS = 600;
/** The next look waits this many times as long as the last one took. */
export const COST_FACTOR = 50;

export interface LookSchedule {
  /** Someone looks, or nobody does any more. */
  setWatched(watched: boolean): void;
  /** Something is about to appear that only a look shows. */
  expectSoon(): void;
  stop(): void;
}

/**
 * Runs `look` when it is due, one at a time. `look` answers what it cost, in ms; one that rejects is tried again when the next is due.
 */
export function createLookSchedule(look: () => Promise<number>): LookSchedule {
  let watched = false;
  let looking = false;
  let wantedMs = Number.POSITIVE_INFINITY;
  let earliestMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function want(atMs: number): void {
    wantedMs = Math.min(wantedMs, atMs);
    arm();
  }

  function arm(): void {
    clearTimeout(timer);
    if (!watched || looking || wantedMs === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(run, Math.max(0, Math.max(wantedMs, earliestMs) - Date.now()));
  }

  async function run(): Promise<void> {
    looking = true;
    wantedMs = Number.POSITIVE_INFINITY;
    const costMs = await look().catch((error: unknown) => {
      console.error(error);
      return 0;
    });
    looking = false;
    earliestMs = Date.now() + COST_FACTOR * costMs;
    want(Date.now() + REGULAR_MS);
  }

  return {
    setWatched(now) {
      const shown = now && !watched;
      watched = now;
      if (shown) want(Date.now());
      else arm();
    },
    expectSoon: () => want(Date.now() + SOON_MS),
    stop: () => clearTimeout(timer),
  };
}
