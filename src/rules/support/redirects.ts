/** Where redirects lead. */

/** What a redirect is about. */
export type RedirectKind = 'http-to-https' | 'trailing-slash' | 'login' | 'host';

/** Paths of login pages. */
const LOGIN = /(^|[/_.-])(log-?in|sign-?in|auth|sso|oauth2?|saml|accounts?)([/_.?-]|$)/i;

/** In what the two addresses differ, the first that fits; null for another path of the same server. */
export function redirectKind(from: string, to: string): RedirectKind | null {
  if (!URL.canParse(from) || !URL.canParse(to)) return null;
  const [before, after] = [new URL(from), new URL(to)];
  if (isLogin(before, after)) return 'login';
  if (after.hostname !== before.hostname) return 'host';
  if (before.protocol === 'http:' && after.protocol === 'https:') return 'http-to-https';
  if (before.pathname !== after.pathname && strip(before) === strip(after)) return 'trailing-slash';
  return before.host === after.host ? null : 'host';
}

/** A rewriting proxy keeps the query, which makes a login page look like an Engine.IO address: then its path decides. */
function isLogin(before: URL, after: URL): boolean {
  if (!after.searchParams.has('EIO')) return LOGIN.test(after.hostname + after.pathname);
  return LOGIN.test(after.pathname) && !strip(after).endsWith(strip(before));
}

/** Path without its last slash. */
function strip({ pathname }: URL): string {
  return pathname.replace(/\/$/, '');
}
