/** What a browser makes of two addresses: whether they are of one site, and whether it trusts the way there. */
import { getDomain } from 'tldts';

export type Relation = 'same-origin' | 'same-site' | 'cross-site';

/** Source: Fetch metadata (https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header); an opaque origin is of no site. */
export function relationOf(origin: string, url: string): Relation {
  const target = new URL(url.replace(/^ws/, 'http'));
  if (origin === target.origin) return 'same-origin';
  return origin !== 'null' && siteOf(new URL(origin)) === siteOf(target) ? 'same-site' : 'cross-site';
}

/** Scheme and registrable domain (https://html.spec.whatwg.org/#obtain-a-site); a host without one is its own. */
function siteOf({ protocol, hostname }: URL): string {
  return `${protocol}//${getDomain(hostname, { allowPrivateDomains: true }) ?? hostname}`;
}

/** Source: https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy. */
export function isTrustworthy(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || protocol === 'wss:') return true;
  return hostname === '[::1]' || /^127\.|(^|\.)localhost\.?$/.test(hostname);
}

/** Mixed content: a page over https may not ask over http, except on the machine itself. Nothing is sent then. */
export function isMixedContent(origin: string, url: string): boolean {
  return origin.startsWith('https:') && !isTrustworthy(url);
}
