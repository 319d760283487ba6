import type { CorsFailure } from './cors-check.ts';
import { combinedValue, type HeaderLine } from './header-values.ts';
import { isSameOrigin, OPAQUE_ORIGIN, originOfUrl } from './same-origin.ts';
import { parseUrl } from './url.ts';

/** Fetch, "redirect status" (https://fetch.spec.whatwg.org/#redirect-status). */
const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];

/** Whether a browser follows the response elsewhere: without a `Location`, or with an empty one, it is an answer like any other. */
export function isRedirect(response: { status: number; headers: readonly HeaderLine[] }): boolean {
  return redirectStatuses.includes(response.status) && Boolean(combinedValue(response.headers, 'Location'));
}

/**
 * The checks of where a redirect leads; null when it may be followed. They come after the CORS check of the redirecting
 * response itself.
 *
 * @param origin the request's `Origin`, serialized
 * @param target absolute URL of the `Location`
 * @param isCorsRequest whether the request has been cross-origin already
 *
 * Source: Fetch, "HTTP-redirect fetch" (https://fetch.spec.whatwg.org/#http-redirect-fetch), steps 4, 7 and 8.
 */
export function checkRedirectTarget(origin: string, target: string, isCorsRequest: boolean): CorsFailure | null {
  const url = parseUrl(target);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return { error: 'CorsDisabledScheme', parameter: null };
  const hasUserinfo = url.username !== '' || url.password !== '';
  if (!hasUserinfo || (!isCorsRequest && isSameOrigin(origin, target))) return null;
  return { error: 'RedirectContainsCredentials', parameter: null };
}

/**
 * The `Origin` of the request after a redirect. Cross-origin to cross-origin taints it, and it stays tainted.
 *
 * Source: Fetch, "HTTP-redirect fetch", step 10; "serializing a request origin"
 * (https://fetch.spec.whatwg.org/#serializing-a-request-origin).
 */
export function originAfterRedirect(origin: string, from: string, to: string): string {
  const leavesForeignOrigin = !isSameOrigin(origin, from) && originOfUrl(from) !== originOfUrl(to);
  return leavesForeignOrigin ? OPAQUE_ORIGIN : origin;
}
