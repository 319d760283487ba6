/** Shared caches on the way: whether one is there, gave the answer, or may keep it. */
import type { JudgedExchange } from '../../model/exchange.ts';
import { responseHeader, responseTokens } from './exchanges.ts';

/** Headers that caches and CDNs add. RFC 9111, 5.1; `X-Cache`: Squid, Varnish, CloudFront, Fastly; `CF-Cache-Status`: Cloudflare. */
export const CACHE_SIGNALS = ['Age', 'X-Cache', 'CF-Cache-Status'];

/** Those of them that the answer has. */
export function cacheSignals(exchange: JudgedExchange): string[] {
  return CACHE_SIGNALS.filter((name) => responseHeader(exchange, name) !== null);
}

/** Whether the answer lay in a cache before it came here. */
export function isFromCache(exchange: JudgedExchange): boolean {
  const says = (name: string) => /\bhit\b/i.test(responseHeader(exchange, name) ?? '');
  return Number(responseHeader(exchange, 'Age')) > 0 || says('X-Cache') || says('CF-Cache-Status');
}

/** Directives that keep a shared cache from storing an answer (RFC 9111, 3). */
const NOT_STORED = ['no-store', 'private'];

/** Cloudflare's words for "not looked at" (https://developers.cloudflare.com/cache/concepts/cache-responses/). */
const NOT_ELIGIBLE = ['dynamic', 'bypass'];

/** Whether a shared cache that is on the way may store the answer. */
export function mayBeStored(exchange: JudgedExchange): boolean {
  if (responseTokens(exchange, 'Cache-Control').some((directive) => NOT_STORED.includes(directive))) return false;
  return !responseTokens(exchange, 'CF-Cache-Status').some((status) => NOT_ELIGIBLE.includes(status));
}

/** Whether the answer says that it differs by origin, so that a cache keeps one for each. */
export function variesByOrigin(exchange: JudgedExchange): boolean {
  return responseTokens(exchange, 'Vary').some((name) => name === 'origin' || name === '*');
}
