import { enableCors, sendAsAuth } from '../fixes/cors.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './preflight-header-not-allowed.md?raw';
import { fixContext, parties } from './support/context.ts';
import { corsAnswer, isPreflightTest } from './support/cors.ts';
import { headerEvidence, requestEvidence } from './support/evidence.ts';
import { originOf, responseTokens } from './support/exchanges.ts';
import {
  ACAH,
  headersToList,
  isRefusedPreflight,
  isResponseHeader,
  missingHeaders,
  originRemedy,
  preflightNeeds,
  proxyAnswersPreflight,
  wouldShowPreflight,
} from './support/preflight.ts';
import { oneHit, overOncePast, type Shows, sightings } from './support/sightings.ts';

const ERROR = 'HeaderDisallowedByPreflightResponse';

/** Refused for a header; or for that or an earlier reason, which only the hidden credentials mode would tell. Missing it is either way. */
function isRefused(exchange: JudgedExchange): boolean {
  return isRefusedPreflight(exchange, ERROR) || isOneCandidate(exchange);
}

function isOneCandidate({ cors }: JudgedExchange): boolean {
  return cors.verdict === 'unknown' && cors.candidates.some(({ error }) => error === ERROR);
}

/** Refused for an earlier reason, but the next check would find the header missing from the server's list: one fix has to do for both. */
function isRefusedNext(exchange: JudgedExchange): boolean {
  const allowed = responseTokens(exchange, ACAH);
  const isList = allowed.length > 0 && (!allowed.includes('*') || exchange.cors.credentials === 'include');
  return isList && exchange.cors.verdict === 'fail';
}

/** Chromium lets `*` cover `Authorization` on requests without credentials; the Fetch standard does not (CORS-preflight fetch, step 7). */
function relaxesAuthorization(exchange: JudgedExchange): boolean {
  return exchange.cors.verdict === 'pass' && missingHeaders(exchange).includes('authorization');
}

/** What the server should list. Not what belongs into an answer: that is `cors-response-header-sent-by-client`. */
function unlisted(exchange: JudgedExchange): string[] {
  return missingHeaders(exchange).filter((name) => !isResponseHeader(name));
}

const shows: Shows = (exchange) =>
  isPreflightTest(exchange) &&
  unlisted(exchange).length > 0 &&
  (isRefused(exchange) || isRefusedNext(exchange) || relaxesAuthorization(exchange));

export const preflightHeaderNotAllowed: Rule = {
  id: 'preflight-header-not-allowed',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange, session }) => ({
      ...describe(exchange),
      fixes: originOf(exchange) === 'null' ? originRemedy(exchange, session).fixes : fixesFor(exchange),
    })),
  isOver: overOncePast(ERROR, wouldShowPreflight, shows),
};

function describe(exchange: JudgedExchange) {
  const tolerated = relaxesAuthorization(exchange);
  const headers = unlisted(exchange).join(', ');
  return {
    severity: tolerated ? ('warning' as const) : ('error' as const),
    confidence: isOneCandidate(exchange) || tolerated ? ('likely' as const) : ('certain' as const),
    params: {
      ...parties(exchange),
      headers,
      allowed: responseTokens(exchange, ACAH).join(', ') || '(none)',
      effect: effectText(tolerated),
    },
    evidence: [headerEvidence(exchange, ACAH, headers), requestEvidence(exchange, 'Access-Control-Request-Headers')],
    alternatives: exchange.cors.candidates.flatMap(({ error }) => EARLIER[error ?? ''] ?? []),
  };
}

/**
 * First what needs no change of the server, where that is enough: the origin is allowed, so without the header nothing is
 * refused any more.
 */
function fixesFor(exchange: JudgedExchange): Fix[] {
  const context = fixContext(exchange);
  const headers = unlisted(exchange);
  const title = `Add \`${headers.join(', ')}\` to \`cors.allowedHeaders\``;
  const needs = {
    ...preflightNeeds(exchange),
    allowedHeaders: headersToList(exchange),
    isNotPython: true,
    now: { answers: corsAnswer(exchange) },
  } as const;
  const onServer = [...enableCors(context, needs, title), ...proxyAnswersPreflight(exchange)];
  const isOnlyCause = isRefusedPreflight(exchange, ERROR) || relaxesAuthorization(exchange);
  return isOnlyCause ? [...sendAsAuth(context, headers), ...onServer] : onServer;
}

/** Reasons that a browser checks before the headers. */
const EARLIER: Record<string, string[]> = {
  PreflightWildcardOriginNotAllowed: ['preflight-wildcard-with-credentials'],
  PreflightInvalidAllowCredentials: ['preflight-credentials-not-allowed'],
};

function effectText(tolerated: boolean): string {
  return tolerated
    ? 'Chromium still lets `*` cover it, which the standard does not, so another browser may refuse the request.'
    : 'The request itself was never sent.';
}
