/** Whose page an exchange belongs to, where its own headers do not tell or tell of something else. */
import type { Exchange } from '../model/exchange.ts';
import { groupFetches } from './verdict-fetches.ts';
import { contextOf } from './verdict-hops.ts';

/**
 * Gives every exchange the origin that its fetch set out from. A redirect taints the `Origin` of what follows it, and a
 * request that was kept back shows none: its preflight does.
 *
 * @param exchanges whole fetches: all that may belong together
 */
export function withPageOrigins(exchanges: readonly Exchange[]): Exchange[] {
  return groupFetches(exchanges).flatMap((fetch) => {
    const pageOrigin = contextOf(fetch)[0]?.origin ?? null;
    return fetch.flatMap(({ preflight, request }) =>
      [preflight, request].flatMap((exchange) => (exchange ? withPageOrigin(exchange, pageOrigin) : [])),
    );
  });
}

function withPageOrigin(exchange: Exchange, pageOrigin: string | null): Exchange {
  // What a probe asks in another page's name is still about its own.
  const isKnown = pageOrigin === null || exchange.probe === 'beside' || exchange.pageOrigin === pageOrigin;
  return isKnown ? exchange : { ...exchange, pageOrigin };
}
