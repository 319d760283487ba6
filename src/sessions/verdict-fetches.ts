/**
 * Which exchanges are one fetch: a request, the preflight that asked leave for it, and the same again for every redirect.
 * They share an origin, a credentials mode and a fate, so they are judged together.
 */
import type { Exchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import { closestPairs, type Timed } from './verdict-closest.ts';

/** One URL on a fetch's way. Either half may not have been captured, but never both. */
export interface Hop {
  preflight: Exchange | null;
  request: Exchange | null;
}

/** The hops of one fetch, in order. */
export type Fetch = [Hop, ...Hop[]];

/** Sorts exchanges into fetches; every exchange is in exactly one. The order of the input does not matter. */
export function groupFetches(exchanges: readonly Exchange[]): Fetch[] {
  const hops = pairPreflights(exchanges);
  const next = followRedirects(hops);
  const followers = new Set(next.values());
  const fetches: Fetch[] = [];
  const seen = new Set<TimedHop>();
  // A ring of redirects has no first hop: what no head leads to starts a fetch of its own.
  for (const head of [...hops.filter((hop) => !followers.has(hop)), ...hops]) {
    if (seen.has(head)) continue;
    const fetch: Fetch = [head];
    seen.add(head);
    for (let hop = next.get(head); hop && !seen.has(hop); hop = next.get(hop)) {
      fetch.push(hop);
      seen.add(hop);
    }
    fetches.push(fetch);
  }
  return fetches;
}

interface TimedExchange extends Timed {
  exchange: Exchange;
  endMs: number;
}

interface TimedHop extends Timed, Hop {
  url: string;
}

function pairPreflights(exchanges: readonly Exchange[]): TimedHop[] {
  const sorted = exchanges.map(timed).sort((a, b) => a.atMs - b.atMs || (a.key < b.key ? -1 : 1));
  const requests = sorted.filter(({ exchange }) => exchange.kind !== 'preflight');
  const preflights = sorted.filter(({ exchange }) => exchange.kind === 'preflight');
  const preflightOf = new Map<TimedExchange, TimedExchange>();
  const answers = groupBy(requests, ({ exchange }) => `${exchange.method} ${bareUrl(exchange.url)}`);
  for (const [question, asked] of groupBy(preflights, questionOf)) {
    const candidates = answers.get(question) ?? [];
    const isOnlyPair = asked.length === 1 && candidates.length === 1;
    const pairs = closestPairs(asked, candidates, (preflight, request) => isOnlyPair || overlap(preflight, request));
    for (const [preflight, request] of pairs) preflightOf.set(request, preflight);
  }
  const paired = new Set(preflightOf.values());
  return [
    ...requests.map((request) => timedHop(preflightOf.get(request)?.exchange ?? null, request.exchange)),
    ...preflights.filter((preflight) => !paired.has(preflight)).map(({ exchange }) => timedHop(exchange, null)),
  ];
}

/** The request that a preflight asks leave for: its URL, its method. */
function questionOf({ exchange }: TimedExchange): string {
  return `${headerValue(exchange.requestHeaders, 'Access-Control-Request-Method')} ${bareUrl(exchange.url)}`;
}

/** Milliseconds. Chromium starts the request up to 10 ms before its preflight, Firefox after it; a retry is a second away. */
const SLACK_MS = 500;

function overlap(a: TimedExchange, b: TimedExchange): boolean {
  return Math.max(a.atMs, b.atMs) <= Math.min(a.endMs, b.endMs) + SLACK_MS;
}

function followRedirects(hops: readonly TimedHop[]): Map<TimedHop, TimedHop> {
  const next = new Map<TimedHop, TimedHop>();
  const byUrl = groupBy(hops, (hop) => hop.url);
  const redirecting = hops.flatMap((hop) => {
    const { request } = hop;
    return request?.redirectUrl
      ? [{ key: hop.key, hop, to: bareUrl(request.redirectUrl), atMs: request.startedMs + (request.durationMs ?? 0) }]
      : [];
  });
  for (const [url, leaving] of groupBy(redirecting, ({ to }) => to)) {
    const arriving = byUrl.get(url) ?? [];
    const isOnlyPair = leaving.length === 1 && arriving.length === 1;
    const pairs = closestPairs(leaving, arriving, (from, to) => {
      const isLater = from.hop !== to && to.atMs >= from.hop.atMs;
      return isLater && (isOnlyPair || Math.abs(to.atMs - from.atMs) <= SLACK_MS);
    });
    for (const [from, to] of pairs) next.set(from.hop, to);
  }
  return next;
}

function timed(exchange: Exchange): TimedExchange {
  const { key, startedMs, durationMs } = exchange;
  return {
    key,
    exchange,
    atMs: startedMs,
    endMs: durationMs === null ? Number.POSITIVE_INFINITY : startedMs + durationMs,
  };
}

function timedHop(preflight: Exchange | null, request: Exchange | null): TimedHop {
  const parts = [preflight, request].filter((part) => part !== null);
  return {
    preflight,
    request,
    key: parts.map((part) => part.key).join(' '),
    url: bareUrl(parts[0]?.url ?? ''),
    atMs: Math.min(...parts.map((part) => part.startedMs)),
  };
}

/** A URL as it goes over the wire: without a fragment. */
export function bareUrl(url: string): string {
  return url.replace(/#.*$/s, '');
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
