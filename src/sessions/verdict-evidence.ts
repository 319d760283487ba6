/** What the browser did, as far as it shows: the part of a verdict that no header can contradict. */
import type { Exchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import type { HopContext } from './verdict-hops.ts';

/**
 * - `passed`: the browser accepted the answer;
 * - `refused`: it did not;
 * - `silent`: no mark either way: the headers have to decide;
 * - `other-fault`: it gave up for a reason that has nothing to do with CORS.
 */
export type Evidence = 'passed' | 'refused' | 'silent' | 'other-fault';

/** Chromium's word for "refused, and the console says why"; CORS is nearly always why. */
const REFUSED = 'net::ERR_FAILED';

/** What the request that follows a preflight says of the preflight's answer. */
export function evidenceOnPreflight({ request }: HopContext): Evidence {
  if (!request) return 'silent';
  if (wasSent(request)) return 'passed';
  return request.dialect === 'chromium' && request.error === REFUSED ? 'refused' : 'silent';
}

/** Errors of a request that the browser, the page or an extension stopped: whether it was sent, they do not tell. */
const unsentErrors: readonly string[] = [REFUSED, '', 'net::ERR_ABORTED', 'net::ERR_BLOCKED_BY_CLIENT'];

function wasSent(request: Exchange): boolean {
  if (request.response !== null || request.requestHeadersComplete) return true;
  return request.outcome === 'failed' && request.error !== null && !unsentErrors.includes(request.error);
}

/**
 * What became of a response.
 *
 * @param usedSid whether the page went on to use the sid that the response gave it; null when it gave none, or cannot be told
 */
export function evidenceOnResponse(request: Exchange, wasFollowed: boolean, usedSid: boolean | null): Evidence {
  if (request.dialect === 'chromium') return chromiumEvidence(request);
  if (wasFollowed || usedSid === true) return 'passed';
  return usedSid === false ? 'refused' : 'silent';
}

function chromiumEvidence(request: Exchange): Evidence {
  const { error, response, source } = request;
  if (error === null) return 'passed';
  if (error !== REFUSED) return 'other-fault';
  // `fetch` with `redirect: "error"` refuses a redirect that CORS allows, and marks it just so.
  const mayRefuseRedirects = request.redirectUrl !== null && source._resourceType !== 'xhr';
  // The browser checks a stored response that a 304 revalidates, and DevTools shows the 304's headers alone.
  return mayRefuseRedirects || response?.status === 304 || source.response._fetchedViaServiceWorker ? 'silent' : 'refused';
}

/** A credentials mode, as far as the CORS protocol cares: `include`, or not (`same-origin` and `omit`). */
export type Mode = 'include' | 'omit';

/**
 * The mode that the request headers of a fetch give away; null when they do not.
 *
 * `Sec-Fetch-Storage-Access` goes out with a cross-site request to a trustworthy server if and only if credentials are
 * included (https://privacycg.github.io/storage-access-headers/); after a redirect its absence proves nothing.
 */
export function shownMode(hops: readonly HopContext[]): Mode | null {
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
  return headerValue(request.requestHeaders, 'Origin') === 'null' && Boolean(headerValue(request.requestHeaders, 'Referer'));
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
