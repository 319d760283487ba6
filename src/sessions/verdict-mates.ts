/** Finds, among all exchanges, those that one may share a fetch with, wherever else they are filed. */
import type { Exchange } from '../model/exchange.ts';
import { bareUrl } from './verdict-fetches.ts';

export interface MateIndex {
  /** Takes changed exchanges (null: gone). */
  apply(changes: ReadonlyMap<string, Exchange | null>): void;
  /** Those of these keys that are known. */
  known(keys: Iterable<string>): Exchange[];
  /**
   * These, and every exchange that may be a preflight, a request, or a redirect's next or previous hop of one of them. A
   * page's origin does not tell: a redirect taints it, and a request that was kept back does not show it.
   */
  withMates(exchanges: readonly Exchange[]): Exchange[];
}

/** An index with nothing in it. A change costs O(1), a look-up what it returns. */
export function createMateIndex(): MateIndex {
  const known = new Map<string, Exchange>();
  const byUrl = new Map<string, Set<Exchange>>();
  const byTarget = new Map<string, Set<Exchange>>();

  const remove = (exchange: Exchange) => {
    take(byUrl, bareUrl(exchange.url), exchange);
    if (exchange.redirectUrl !== null) take(byTarget, bareUrl(exchange.redirectUrl), exchange);
    known.delete(exchange.key);
  };

  const put = (exchange: Exchange) => {
    add(byUrl, bareUrl(exchange.url), exchange);
    if (exchange.redirectUrl !== null) add(byTarget, bareUrl(exchange.redirectUrl), exchange);
    known.set(exchange.key, exchange);
  };

  return {
    apply(changes) {
      for (const [key, exchange] of changes) {
        const before = known.get(key);
        if (before) remove(before);
        if (exchange) put(exchange);
      }
    },
    known: (keys) => [...keys].flatMap((key) => known.get(key) ?? []),
    withMates(exchanges) {
      const found = new Set(exchanges);
      const urls = new Set(exchanges.map(({ url }) => bareUrl(url)));
      // Both grow while they are walked: a mate has mates of its own.
      for (const url of urls) {
        for (const mate of [...(byUrl.get(url) ?? []), ...(byTarget.get(url) ?? [])]) {
          found.add(mate);
          urls.add(bareUrl(mate.url));
          if (mate.redirectUrl !== null) urls.add(bareUrl(mate.redirectUrl));
        }
      }
      return [...found];
    },
  };
}

function add(index: Map<string, Set<Exchange>>, key: string, exchange: Exchange): void {
  const group = index.get(key);
  if (group) group.add(exchange);
  else index.set(key, new Set([exchange]));
}

function take(index: Map<string, Set<Exchange>>, key: string, exchange: Exchange): void {
  const group = index.get(key);
  group?.delete(exchange);
  if (group?.size === 0) index.delete(key);
}
