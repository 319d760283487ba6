/** What of a fetch the CORS protocol depends on, hop by hop: whose origin asks, and whether the protocol applies. */
import { originAfterRedirect } from '../cors/redirect.ts';
import { isSameOrigin, OPAQUE_ORIGIN } from '../cors/same-origin.ts';
import type { Exchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import type { Fetch, Hop } from './verdict-fetches.ts';

export interface HopContext extends Hop {
  /** The `Origin` sent, or that would have been; null when nothing tells it. */
  origin: string | null;
  /**
   * - `same-origin`: the protocol does not apply;
   * - `cross-origin`: it does;
   * - `no-cors`: another origin, but nobody asks to read the answer (a script tag, a navigation);
   * - `unknown`: nobody can tell whose page it was.
   */
  relation: 'same-origin' | 'cross-origin' | 'no-cors' | 'unknown';
}

/** Follows the request's origin along the fetch. */
export function contextOf(fetch: Fetch): HopContext[] {
  let origin: string | null = null;
  let previous: HopContext | null = null;
  const contexts: HopContext[] = [];
  for (const hop of fetch) {
    origin = sentOrigin(hop) ?? (previous ? inheritedOrigin(previous, hop) : pageOriginOf(hop));
    const context: HopContext = { ...hop, origin, relation: relationOf(hop, origin) };
    contexts.push(context);
    previous = context;
  }
  return contexts;
}

function sentOrigin({ preflight, request }: Hop): string | null {
  return originHeader(preflight) ?? originHeader(request);
}

function originHeader(exchange: Exchange | null): string | null {
  return exchange && headerValue(exchange.requestHeaders, 'Origin');
}

function pageOriginOf({ preflight, request }: Hop): string | null {
  return request?.pageOrigin ?? preflight?.pageOrigin ?? null;
}

function inheritedOrigin(previous: HopContext, hop: Hop): string | null {
  return previous.origin === null
    ? pageOriginOf(hop)
    : originAfterRedirect(previous.origin, urlOf(previous), urlOf(hop));
}

function relationOf(hop: Hop, origin: string | null): HopContext['relation'] {
  const { preflight, request } = hop;
  // Only CORS requests that need leave are preflighted.
  if (preflight) return 'cross-origin';
  // After a redirect `Sec-Fetch-Site` may say so of a request whose origin is tainted, and that counts as another one.
  if (origin !== OPAQUE_ORIGIN && request && headerValue(request.requestHeaders, 'Sec-Fetch-Site') === 'same-origin')
    return 'same-origin';
  const asksToRead = mayAskToRead(request);
  if (origin === null) return asksToRead ? 'unknown' : 'same-origin';
  if (isSameOrigin(origin, urlOf(hop))) return 'same-origin';
  return asksToRead ? 'cross-origin' : 'no-cors';
}

/**
 * A CORS request to another origin always carries `Origin`; where the browser sends `Sec-Fetch-Mode`, that says it outright.
 * Source: Fetch, "append a request Origin header" (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
 */
function mayAskToRead(request: Exchange | null): boolean {
  if (!request) return true;
  const mode = headerValue(request.requestHeaders, 'Sec-Fetch-Mode');
  if (mode !== null) return mode === 'cors';
  return !request.requestHeadersComplete || headerValue(request.requestHeaders, 'Origin') !== null;
}

function urlOf({ preflight, request }: Hop): string {
  return request?.url ?? preflight?.url ?? '';
}
