import type { JudgedExchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';
import page from './preflight-cached-stale.md?raw';
import { parties } from './support/context.ts';
import { isPreflightTest } from './support/cors.ts';
import { headerEvidence, requestEvidence } from './support/evidence.ts';
import { responseHeader, statusOf } from './support/exchanges.ts';
import { requestedHeaders } from './support/preflight.ts';
import { oneHit, overOnce, sightings } from './support/sightings.ts';

const MAX_AGE = 'Access-Control-Max-Age';

/** What Chromium makes of any greater number, in seconds (services/network/public/cpp/cors/preflight_result.cc); Firefox allows more. */
const LONGEST_AGE_S = 7200;

/** A request and its own preflight start this close together, ms. */
const PAIR_MS = 500;

/** Requests by their URL, in order of time. */
type ByUrl = ReadonlyMap<string, readonly JudgedExchange[]>;

/** An earlier permission that lets the request go without asking: same URL, still valid, for a header that the request has. */
function permissionOf(request: JudgedExchange, byUrl: ByUrl): JudgedExchange | undefined {
  const alike = byUrl.get(request.url) ?? [];
  const preflights = alike.filter(({ kind }) => kind === 'preflight');
  if (preflights.some((preflight) => isPair(preflight, request, alike))) return undefined;
  return preflights.findLast((preflight) => {
    const sinceMs = request.startedMs - preflight.startedMs;
    return sinceMs > 0 && sinceMs <= lifetimeMs(preflight) && coversHeaders(preflight, request);
  });
}

/** Whether the preflight was sent for this request, and for none that is nearer. */
function isPair(preflight: JudgedExchange, request: JudgedExchange, alike: readonly JudgedExchange[]): boolean {
  const distanceMs = (to: JudgedExchange) => Math.abs(preflight.startedMs - to.startedMs);
  const isNearer = (other: JudgedExchange) => other.kind !== 'preflight' && distanceMs(other) < distanceMs(request);
  return distanceMs(request) <= PAIR_MS && !alike.some(isNearer);
}

function lifetimeMs(preflight: JudgedExchange): number {
  const seconds = Number(responseHeader(preflight, MAX_AGE));
  return isPreflightTest(preflight) && preflight.cors.verdict === 'pass' && seconds > 0
    ? Math.min(seconds, LONGEST_AGE_S) * 1000
    : 0;
}

function coversHeaders(preflight: JudgedExchange, request: JudgedExchange): boolean {
  return requestedHeaders(preflight).some((name) => headerValue(request.requestHeaders, name) !== null);
}

function isRefused(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'polling' || exchange.response === null) return false;
  return statusOf(exchange) >= 400 || exchange.cors.verdict === 'fail';
}

function groupByUrl(exchanges: readonly JudgedExchange[]): ByUrl {
  const groups = new Map<string, JudgedExchange[]>();
  for (const exchange of exchanges) {
    const group = groups.get(exchange.url);
    if (group) group.push(exchange);
    else groups.set(exchange.url, [exchange]);
  }
  return groups;
}

function check(endpoint: Endpoint) {
  const exchanges = endpoint.sessions
    .flatMap((session) => session.exchanges.filter(({ askedByUs }) => !askedByUs))
    .sort((a, b) => a.startedMs - b.startedMs);
  const byUrl = groupByUrl(exchanges);
  const unasked = sightings(endpoint, (exchange) => isRefused(exchange) && Boolean(permissionOf(exchange, byUrl)));
  return oneHit(unasked, ({ exchange }) => {
    const earlier = permissionOf(exchange, byUrl) ?? exchange;
    return {
      params: { ...parties(exchange), age: String(lifetimeMs(earlier) / 1000) },
      evidence: [headerEvidence(earlier, MAX_AGE, null), requestEvidence(earlier, 'Access-Control-Request-Headers')],
      fixes: [],
    };
  });
}

export const preflightCachedStale: Rule = {
  id: 'preflight-cached-stale',
  severity: 'info',
  confidence: 'hint',
  rung: 5,
  page,
  check,
  isOver: overOnce(
    ({ kind, response }) => kind === 'preflight' && response !== null,
    () => false,
  ),
};
