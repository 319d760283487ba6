/** The times during which nothing was to be recorded: what began then stays out, even when it is seen later. */
import type { HarEntry } from '../model/har.ts';

export interface Pauses {
  begin(nowMs: number): void;
  end(nowMs: number): void;
  /** Whether the request began in one of them. */
  cover(entry: HarEntry): boolean;
}

/** No pause yet. */
export function createPauses(): Pauses {
  let pauses: { fromMs: number; toMs: number }[] = [];
  return {
    begin(nowMs) {
      pauses = [...pauses, { fromMs: nowMs, toMs: Number.POSITIVE_INFINITY }];
    },
    end(nowMs) {
      pauses = pauses.map(({ fromMs, toMs }) => ({ fromMs, toMs: Math.min(toMs, nowMs) }));
    },
    cover(entry) {
      const atMs = Date.parse(entry.startedDateTime);
      return pauses.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
    },
  };
}
