import { parseUrl } from './url.ts';

/** An opaque origin, as `Origin` spells it: equal to no origin, not even to itself. */
export const OPAQUE_ORIGIN = 'null';

/** The origin that an `Origin` header from this URL would name; null when it has none that can be named. */
export function originOfUrl(url: string): string | null {
  const origin = parseUrl(url)?.origin ?? OPAQUE_ORIGIN;
  return origin === OPAQUE_ORIGIN ? null : origin;
}

/** Source: HTML, "same origin" (https://html.spec.whatwg.org/#same-origin), over serialized origins. */
export function isSameOrigin(origin: string, url: string): boolean {
  return origin !== OPAQUE_ORIGIN && originOfUrl(url) === origin;
}
