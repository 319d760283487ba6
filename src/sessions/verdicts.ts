/**
 * The CORS verdict of every exchange: what the headers say under the Fetch standard, what the browser did, and, where it
 * leaves no mark, what the client did next. Where these leave two answers the verdict is `unknown`, with both.
 */
import { type CorsFailure, checkAccess } from '../cors/cors-check.ts';
import type { CorsCandidate, CorsOutcome, CredentialsMode } from '../cors/outcome.ts';
import { checkPreflight } from '../cors/preflight-check.ts';
import { checkRedirectTarget } from '../cors/redirect.ts';
import type { Exchange, JudgedExchange } from '../model/exchange.ts';
import { headerValue } from '../model/headers.ts';
import { type Evidence, evidenceOnPreflight, evidenceOnResponse, type Mode, shownMode, usualMode } from './verdict-evidence.ts';
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
  const requests = exchanges.filter(isSubjectToFetch);
  const outcomes = new Map<Exchange, CorsOutcome>();
  for (const fetch of groupFetches(requests)) judgeFetch(fetch, options, outcomes);
  return exchanges.map((exchange) => ({ ...exchange, cors: outcomes.get(exchange) ?? notApplicable }));
}

/** WebSockets and WebTransport are not subject to CORS (https://fetch.spec.whatwg.org/#http-cors-protocol). */
function isSubjectToFetch({ kind }: Exchange): boolean {
  return kind !== 'websocket' && kind !== 'webtransport';
}

const notApplicable: CorsOutcome = { verdict: 'not-applicable', error: null, parameter: null, candidates: [], credentials: 'unknown' };

function judgeFetch(fetch: Fetch, options: JudgeOptions, outcomes: Map<Exchange, CorsOutcome>): void {
  const hops = contextOf(fetch);
  const checks = hops.map((hop, index) => checksOf(hop, hops[index + 1] !== undefined, options));
  const modes = possibleModes(hops, checks.flatMap(({ preflight, response }) => [preflight, response].filter((check) => check !== null)));
  const credentials: CredentialsMode = modes.length === 1 && modes[0] ? modes[0] : 'unknown';
  hops.forEach((hop, index) => {
    const { preflight, response } = checks[index] ?? noChecks;
    const preflightOutcome = preflight ? outcomeOf(preflight, modes) : undecided();
    if (hop.preflight) outcomes.set(hop.preflight, { ...preflightOutcome, credentials });
    if (!hop.request) return;
    const outcome = response ? outcomeOf(response, modes) : withoutCheck(hop, preflightOutcome);
    outcomes.set(hop.request, { ...outcome, credentials: hop.relation === 'cross-origin' ? credentials : 'unknown' });
  });
}

type Verdict = Omit<CorsOutcome, 'credentials'>;

/** One answer of a server, judged under either mode. */
interface Check {
  results: Record<Mode, CorsFailure | null>;
  evidence: Evidence;
  /** Whether the protocol applies to the answer; a redirect's target is looked at even where it does not. */
  applies: boolean;
}

interface HopChecks {
  preflight: Check | null;
  response: Check | null;
}

const noChecks: HopChecks = { preflight: null, response: null };

function checksOf(hop: HopContext, wasFollowed: boolean, { usedSid }: JudgeOptions): HopChecks {
  const { preflight, request, origin, relation } = hop;
  if (origin === null) return noChecks;
  return {
    preflight: preflight && preflightCheck(preflight, origin, hop),
    response:
      request && relation !== 'no-cors' && request.response
        ? responseCheck(request, origin, relation === 'cross-origin', evidenceOnResponse(request, wasFollowed, usedSid?.(request) ?? null))
        : null,
  };
}

function preflightCheck(preflight: Exchange, origin: string, hop: HopContext): Check | null {
  const { response, requestHeaders } = preflight;
  if (!response) return null;
  const question = {
    origin,
    method: headerValue(requestHeaders, 'Access-Control-Request-Method') ?? hop.request?.method ?? 'GET',
    headerNames: headerValue(requestHeaders, 'Access-Control-Request-Headers'),
  };
  return {
    results: underBothModes((includesCredentials) => checkPreflight(question, response, includesCredentials)),
    evidence: evidenceOnPreflight(hop),
    applies: true,
  };
}

function responseCheck(request: Exchange, origin: string, applies: boolean, evidence: Evidence): Check {
  const headers = request.response?.headers ?? [];
  const { redirectUrl } = request;
  const afterwards = redirectUrl === null ? null : checkRedirectTarget(origin, redirectUrl, applies);
  const results = underBothModes((includesCredentials) => (applies ? checkAccess(origin, headers, includesCredentials) : null) ?? afterwards);
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
  if (evidence === 'passed') return results[mode] === null || !isMarked(results[mode]);
  return evidence !== 'refused' || results[mode] !== null;
}

/** Chromium leaves no mark on a redirect to a scheme that it does not fetch: there is just no next request. */
function isMarked({ error }: CorsFailure): boolean {
  return error !== 'CorsDisabledScheme';
}

function outcomeOf(check: Check, modes: readonly Mode[]): Verdict {
  const allowed = check.applies ? passed : notApplicable;
  const results = modes.map((mode) => check.results[mode]);
  const failures = distinct(results.filter((result) => result !== null));
  const mayPass = results.includes(null);
  if (check.evidence === 'passed') return failedUnmarked(failures) ?? allowed;
  if (check.evidence === 'other-fault') return mayPass ? allowed : undecided();
  const [failure, ...others] = failures;
  if (!failure) return allowed;
  const isCertain = others.length === 0 && (!mayPass || check.evidence === 'refused');
  if (isCertain) return { verdict: 'fail', ...failure, candidates: [] };
  return undecided(mayPass && check.evidence !== 'refused' ? [...failures, { error: null, parameter: null }] : failures);
}

const passed: Verdict = { verdict: 'pass', error: null, parameter: null, candidates: [] };

function failedUnmarked(failures: readonly CorsFailure[]): Verdict | null {
  const unmarked = failures.find((failure) => !isMarked(failure));
  return unmarked ? { verdict: 'fail', ...unmarked, candidates: [] } : null;
}

function undecided(candidates: CorsCandidate[] = []): Verdict {
  return { verdict: 'unknown', error: null, parameter: null, candidates };
}

function distinct(failures: readonly CorsFailure[]): CorsFailure[] {
  return [...new Map(failures.map((failure) => [`${failure.error} ${failure.parameter}`, failure])).values()];
}

/** A request without a response, or one that nobody asked to read. */
function withoutCheck(hop: HopContext, preflight: Verdict): Verdict {
  const { request, relation } = hop;
  if (relation === 'same-origin') return notApplicable;
  if (relation === 'no-cors') return request?.response && request.outcome === 'answered' ? passed : undecided();
  // Kept back by its preflight: the same verdict, said twice.
  return hop.preflight && preflight.verdict !== 'pass' && request?.response === null ? preflight : undecided();
}
