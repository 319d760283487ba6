/** What the browser did, as far as it shows: the part of a verdict that no header can contradict. */
import type { Exchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import type { HopContext } from './verdict-hops.ts';

/**
 * - `passed`: the browser accepted the answer;
 * - `refused`: it did not;
 * - `silent`: no mark either way: the headers have to decide;
 * - `other-cause`: it gave up, but not over these headers.
 */
export type Evidence = 'passed' | 'refused' | 'silent' | 'other-cause';

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
  if (request.response !== null) return true;
  // Firefox shows all headers of a request that it never sent.
  if (request.dialect !== 'chromium') return false;
  if (request.requestHeadersComplete) return true;
  return request.outcome === 'failed' && request.error !== null && !unsentErrors.includes(request.error);
}

/**
 * What became of a response.
 *
 * @param usedSid whether the page went on to use the sid that the response gave it; null when it gave none, or cannot be told
 */
export function evidenceOnResponse(
  request: Exchange,
  hop: HopContext,
  wasFollowed: boolean,
  usedSid: boolean | null,
): Evidence {
  if (request.dialect === 'chromium') return chromiumEvidence(request, hop);
  if (wasFollowed || usedSid === true) return 'passed';
  if (checksStoredHeaders(request, hop)) return 'other-cause';
  return usedSid === false ? 'refused' : 'silent';
}

function chromiumEvidence(request: Exchange, hop: HopContext): Evidence {
  const { error, redirectUrl, source } = request;
  if (error === null) return 'passed';
  if (error !== REFUSED || source.response._fetchedViaServiceWorker || checksStoredHeaders(request, hop))
    return 'other-cause';
  // `fetch` with `redirect: "error"` refuses a redirect that CORS allows, and marks it just so.
  return redirectUrl !== null && source._resourceType !== 'xhr' ? 'silent' : 'refused';
}

/**
 * Whether a 304 revalidated a stored response: the browser checks what it stored, brought up to date, and DevTools shows the
 * 304's own headers. A page may also ask conditionally itself (with leave, by preflight); then the 304 is its answer.
 */
function checksStoredHeaders(request: Exchange, { preflight }: HopContext): boolean {
  if (request.response?.status !== 304 || headerValue(request.response.headers, 'Access-Control-Allow-Origin') !== null)
    return false;
  const asked = preflight && headerValue(preflight.requestHeaders, 'Access-Control-Request-Headers');
  return ['If-None-Match', 'If-Modified-Since'].some(
    (name) => headerValue(request.requestHeaders, name) !== null && !asked?.toLowerCase().includes(name.toLowerCase()),
  );
}
