/**
 * The CORS verdict of every exchange: what the headers say under the Fetch standard, what the browser did, and, where it
 * leaves no mark, what the client did next. Where these leave two answers the verdict is `unknown`, with both.
 */
import { type CorsFailure, checkAccess } from '../cors/cors-check.ts';
import type { CorsCandidate, CorsErrorName, CorsOutcome, CredentialsMode } from '../cors/outcome.ts';
import { checkPreflight } from '../cors/preflight-check.ts';
import { checkRedirectTarget } from '../cors/redirect.ts';
import type { Exchange, ExchangeResponse, JudgedExchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import { type Mode, shownMode, usualMode } from './verdict-credentials.ts';
import { type Evidence, evidenceOnPreflight, evidenceOnResponse } from './verdict-evidence.ts';
import { type Fetch, groupFetches } from './verdict-fetches.ts';
import { contextOf, type HopContext } from './verdict-hops.ts';

export interface JudgeOptions {
  /** Whether the page went on to use the sid that this response gave out; null when it gave none, or cannot be told yet. */
  usedSid?: (exchange: Exchange) => boolean | null;
}

/**
 * Adds the verdict to every exchange. The order of the input does not matter, and is kept. Pass all exchanges that may
 * belong together: a request's preflight and its redirects are found among them.
 */
export function judgeExchanges(exchanges: readonly Exchange[], options: JudgeOptions = {}): JudgedExchange[] {
  const judged = new Map<Exchange, JudgedExchange>();
  for (const fetch of groupFetches(exchanges.filter(isSubjectToFetch))) {
    for (const [exchange, result] of judgeOnce(fetch, options)) judged.set(exchange, result);
  }
  return exchanges.map((exchange) => judged.get(exchange) ?? unjudged(exchange));
}

/** What a fetch was judged like, and from what. */
interface Judgement {
  members: readonly Exchange[];
  usedSids: readonly (boolean | null)[];
  results: ReadonlyMap<Exchange, JudgedExchange>;
}

/** By a fetch's first exchange. Only what is new is judged: a storm of attempts is judged again with every one that arrives. */
const judgements = new WeakMap<Exchange, Judgement>();
const withoutVerdict = new WeakMap<Exchange, JudgedExchange>();

function judgeOnce(fetch: Fetch, options: JudgeOptions): ReadonlyMap<Exchange, JudgedExchange> {
  const members = fetch.flatMap(({ preflight, request }) => [preflight ?? [], request ?? []].flat());
  const [first] = members;
  if (!first) return new Map();
  const usedSids = members.map((exchange) => options.usedSid?.(exchange) ?? null);
  const known = judgements.get(first);
  if (known && isSame(known.members, members) && isSame(known.usedSids, usedSids)) return known.results;
  const outcomes = new Map<Exchange, CorsOutcome>();
  judgeFetch(fetch, options, outcomes);
  const results = new Map([...outcomes].map(([exchange, cors]) => [exchange, withOutcome(exchange, cors)]));
  judgements.set(first, { members, usedSids, results });
  return results;
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function withOutcome(exchange: Exchange, cors: CorsOutcome): JudgedExchange {
  return { ...exchange, outcome: wasKeptBack(exchange, cors) ? 'failed' : exchange.outcome, cors };
}

function unjudged(exchange: Exchange): JudgedExchange {
  const known = withoutVerdict.get(exchange) ?? withOutcome(exchange, { ...notApplicable, credentials: 'unknown' });
  withoutVerdict.set(exchange, known);
  return known;
}

/** Firefox shows a request that its preflight kept back just like one that is waiting for its answer, for ever. */
function wasKeptBack({ dialect, outcome, kind }: Exchange, cors: CorsOutcome): boolean {
  return dialect === 'firefox' && outcome === 'pending' && kind === 'polling' && isRefusal(cors);
}

/** Whether the browser refuses it for certain, be it that the reason is one of several. */
export function isRefusal({ verdict, candidates }: CorsOutcome): boolean {
  if (verdict === 'fail') return true;
  return verdict === 'unknown' && candidates.length > 0 && candidates.every(({ error }) => error !== null);
}

/** WebSockets and WebTransport are not subject to CORS (https://fetch.spec.whatwg.org/#http-cors-protocol). */
function isSubjectToFetch({ kind }: Exchange): boolean {
  return kind !== 'websocket' && kind !== 'webtransport';
}

function judgeFetch(fetch: Fetch, options: JudgeOptions, outcomes: Map<Exchange, CorsOutcome>): void {
  const hops = contextOf(fetch).map((hop, index, all) => ({ hop, ...checksOf(hop, index + 1 < all.length, options) }));
  const contexts = hops.map(({ hop }) => hop);
  const modes = possibleModes(
    contexts,
    hops.flatMap(({ preflight, response }) => [preflight ?? [], response ?? []].flat()),
  );
  const [onlyMode] = modes.length === 1 ? modes : [];
  for (const { hop, preflight, response } of hops) {
    const credentials: CredentialsMode = hop.relation === 'cross-origin' && onlyMode ? onlyMode : 'unknown';
    const onPreflight = preflight ? verdictOf(preflight, modes) : unanswered(hop.preflight);
    const onResponse = response ? verdictOf(response, modes) : unchecked(hop, onPreflight);
    if (hop.preflight) outcomes.set(hop.preflight, { ...onPreflight, credentials });
    if (hop.request) outcomes.set(hop.request, { ...onResponse, credentials });
  }
}

/** One answer of a server, judged under either mode. */
interface Check {
  results: Record<Mode, CorsFailure | null>;
  evidence: Evidence;
  /** Whether the CORS protocol applies to the answer; a redirect's target is looked at even where it does not. */
  applies: boolean;
}

interface HopChecks {
  preflight: Check | null;
  response: Check | null;
}

function checksOf(hop: HopContext, wasFollowed: boolean, { usedSid }: JudgeOptions): HopChecks {
  const { preflight, request, origin, relation } = hop;
  if (origin === null || relation === 'no-cors') return { preflight: null, response: null };
  const evidence = request && evidenceOnResponse(request, hop, wasFollowed, usedSid?.(request) ?? null);
  return {
    preflight: preflight?.response ? preflightCheck(preflight, preflight.response, origin, hop) : null,
    response: request?.response && evidence ? responseCheck(request, request.response, origin, hop, evidence) : null,
  };
}

function preflightCheck(preflight: Exchange, response: ExchangeResponse, origin: string, hop: HopContext): Check {
  const { requestHeaders } = preflight;
  const question = {
    origin,
    method: headerValue(requestHeaders, 'Access-Control-Request-Method') ?? hop.request?.method ?? 'GET',
    headerNames: requestedHeaders(preflight, hop.request),
  };
  const results = underBothModes((includesCredentials) => checkPreflight(question, response, includesCredentials));
  return { results, evidence: evidenceOnPreflight(hop), applies: true };
}

/**
 * The names that the preflight asked for. It sorts them; Chromium's check goes by the request's own order, which the
 * provisional headers of a request that was kept back still have.
 */
function requestedHeaders(preflight: Exchange, request: Exchange | null): string[] {
  const asked = headerValue(preflight.requestHeaders, 'Access-Control-Request-Headers') ?? '';
  const names = asked.split(',').flatMap((name) => name.trim().toLowerCase() || []);
  const order = (request?.requestHeaders ?? []).map(({ name }) => name.toLowerCase());
  return names.sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

function responseCheck(
  { redirectUrl }: Exchange,
  { headers }: ExchangeResponse,
  origin: string,
  { relation }: HopContext,
  evidence: Evidence,
): Check {
  const applies = relation === 'cross-origin';
  const onTarget = redirectUrl === null ? null : checkRedirectTarget(origin, redirectUrl, applies);
  const results = underBothModes((includesCredentials) => {
    const onAccess = applies ? checkAccess(origin, headers, includesCredentials) : null;
    return onAccess ?? onTarget;
  });
  return { results, evidence, applies };
}

function underBothModes(check: (includesCredentials: boolean) => CorsFailure | null): Record<Mode, CorsFailure | null> {
  return { include: check(true), omit: check(false) };
}

const bothModes: readonly Mode[] = ['include', 'omit'];

/** The modes under which the browser would have done what it did; if there is none, nothing is known. */
function possibleModes(hops: readonly HopContext[], checks: readonly Check[]): readonly Mode[] {
  const shown = shownMode(hops);
  if (shown) return [shown];
  const explaining = bothModes.filter((mode) => checks.every((check) => explains(check, mode)));
  const usual = usualMode(hops);
  if (usual && explaining.includes(usual)) return [usual];
  return explaining.length === 0 ? bothModes : explaining;
}

function explains({ evidence, results }: Check, mode: Mode): boolean {
  if (evidence === 'passed') return results[mode] === null || isUnmarked(results[mode]);
  return evidence !== 'refused' || results[mode] !== null;
}

/** Chromium leaves no mark on a redirect to a scheme that it does not fetch: there is just no next request. */
function isUnmarked({ error }: CorsFailure): boolean {
  return error === 'CorsDisabledScheme';
}

type Verdict = Omit<CorsOutcome, 'credentials'>;

const passed: Verdict = { verdict: 'pass', error: null, parameter: null, candidates: [] };
const notApplicable: Verdict = { verdict: 'not-applicable', error: null, parameter: null, candidates: [] };

function failed({ error, parameter }: CorsFailure): Verdict {
  return { verdict: 'fail', error, parameter, candidates: [] };
}

function undecided(candidates: CorsCandidate[] = []): Verdict {
  return { verdict: 'unknown', error: null, parameter: null, candidates };
}

function verdictOf({ results, evidence, applies }: Check, modes: readonly Mode[]): Verdict {
  const allowed = applies ? passed : notApplicable;
  const answers = modes.map((mode) => results[mode]);
  const failures = distinct(answers.filter((answer) => answer !== null));
  const mayPass = answers.includes(null) && evidence !== 'refused';
  const [failure, ...others] = evidence === 'passed' ? failures.filter(isUnmarked) : failures;
  if (evidence === 'other-cause') return answers.includes(null) ? allowed : undecided();
  if (!failure) return allowed;
  if (others.length === 0 && (!mayPass || evidence === 'passed')) return failed(failure);
  return undecided(mayPass ? [...failures, { error: null, parameter: null }] : failures);
}

function distinct(failures: readonly CorsFailure[]): CorsFailure[] {
  return [...new Map(failures.map((failure) => [`${failure.error} ${failure.parameter}`, failure])).values()];
}

/**
 * A preflight of which no answer was seen. One kept from a local network says so; Chromium counts that among the CORS errors
 * (https://wicg.github.io/local-network-access/). DevTools may tell of a redirect's end before it shows the redirect.
 */
function unanswered(preflight: Exchange | null): Verdict {
  const error = preflight?.error ? PREFLIGHT_ENDS[preflight.error] : undefined;
  return error ? failed({ error, parameter: null }) : undecided();
}

/** Chromium's network errors that only one CORS error ends in (services/network/cors/preflight_controller.cc). */
const PREFLIGHT_ENDS: Record<string, CorsErrorName> = {
  'net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS': 'LocalNetworkAccessPermissionDenied',
  'net::ERR_INVALID_REDIRECT': 'PreflightDisallowedRedirect',
};

/** A request without a response, or one that nobody asked to read. */
function unchecked({ preflight, request, relation }: HopContext, onPreflight: Verdict): Verdict {
  if (relation === 'same-origin') return notApplicable;
  if (relation === 'no-cors') return request?.response && request.outcome === 'answered' ? passed : undecided();
  // Kept back by its preflight: the same verdict, said twice.
  return preflight && onPreflight.verdict !== 'pass' ? onPreflight : undecided();
}
