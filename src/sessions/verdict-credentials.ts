/** Whether a fetch sent credentials, as far as its own requests show. */
import type { Exchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import type { HopContext } from './verdict-hops.ts';

/** A credentials mode, as far as the CORS protocol cares: `include`, or not (`same-origin` and `omit`). */
export type Mode = 'include' | 'omit';

/**
 * The mode that the request headers of a fetch give away; null when they do not.
 *
 * `Sec-Fetch-Storage-Access` goes out with a cross-site request to a trustworthy server if and only if credentials are
 * included (https://privacycg.github.io/storage-access-headers/); after a redirect its absence proves nothing.
 */
export function shownMode(hops: readonly HopContext[]): Mode | null {
  const told = hops.flatMap(({ request, preflight }) => (request ?? preflight)?.source._doctor?.credentials ?? [])[0];
  if (told) return told;
  const requests = hops.flatMap(({ request, relation }) => (request && relation === 'cross-origin' ? [request] : []));
  const shows = (name: string) => requests.some((request) => headerValue(request.requestHeaders, name) !== null);
  if (shows('Cookie') || shows('Sec-Fetch-Storage-Access')) return 'include';
  const first = hops[0]?.request;
  return first && hops[0]?.relation === 'cross-origin' && lacksStorageAccess(first) ? 'omit' : null;
}

/** First Chromium that sends `Sec-Fetch-Storage-Access` (https://chromestatus.com/feature/6146353156849664). */
const STORAGE_ACCESS_SINCE = 133;

function lacksStorageAccess(request: Exchange): boolean {
  if (request.dialect !== 'chromium' || !request.requestHeadersComplete) return false;
  if (headerValue(request.requestHeaders, 'Sec-Fetch-Site') !== 'cross-site' || isRedirected(request)) return false;
  const version = /Chrome\/(\d+)/.exec(headerValue(request.requestHeaders, 'User-Agent') ?? '')?.[1];
  return version === undefined || Number(version) >= STORAGE_ACCESS_SINCE;
}

/** A tainted origin beside a Referer: a redirect came before, though it was not captured. An opaque page sends no Referer. */
function isRedirected(request: Exchange): boolean {
  return (
    headerValue(request.requestHeaders, 'Origin') === 'null' && Boolean(headerValue(request.requestHeaders, 'Referer'))
  );
}

/**
 * The mode to expect where nothing proves one: a v1/v2 client's XHR sends credentials unless told not to
 * (https://github.com/socketio/engine.io-client/blob/3.5.4/lib/socket.js, `withCredentials`).
 */
export function usualMode(hops: readonly HopContext[]): Mode | null {
  const request = hops[0]?.request;
  const isOldClient = request?.target.eio === 3 && request.kind === 'polling' && !request.askedByUs;
  return isOldClient && (request.source._resourceType ?? 'xhr') === 'xhr' ? 'include' : null;
}
