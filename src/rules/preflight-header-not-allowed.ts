import { enableCors, sendAsAuth } from '../fixes/cors.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import page from './preflight-header-not-allowed.md?raw';
import { fixContext, parties } from './support/context.ts';
import { isPreflightTest } from './support/cors.ts';
import { headerEvidence, requestEvidence } from './support/evidence.ts';
import { responseTokens } from './support/exchanges.ts';
import { ACAH, isRefusedPreflight, missingHeaders, requestedHeaders, wouldShowPreflight } from './support/preflight.ts';
import { oneHit, overOnce, type Shows, sightings } from './support/sightings.ts';

const ERROR = 'HeaderDisallowedByPreflightResponse';

/** Refused for a header; or for that or an earlier reason, which only the hidden credentials mode would tell. Missing it is either way. */
function isRefused(exchange: JudgedExchange): boolean {
  return isRefusedPreflight(exchange, ERROR) || (isPreflightTest(exchange) && isOneCandidate(exchange));
}

function isOneCandidate({ cors }: JudgedExchange): boolean {
  return cors.verdict === 'unknown' && cors.candidates.some(({ error }) => error === ERROR);
}

/** Chromium lets `*` cover `Authorization` on requests without credentials; the Fetch standard does not (CORS-preflight fetch, step 7). */
function relaxesAuthorization(exchange: JudgedExchange): boolean {
  return (
    isPreflightTest(exchange) && exchange.cors.verdict === 'pass' && missingHeaders(exchange).includes('authorization')
  );
}

const shows: Shows = (exchange) => isRefused(exchange) || relaxesAuthorization(exchange);

export const preflightHeaderNotAllowed: Rule = {
  id: 'preflight-header-not-allowed',
  severity: 'error',
  confidence: 'certain',
  rung: 5,
  page,
  check: (endpoint) => oneHit(sightings(endpoint, shows), ({ exchange }) => describe(exchange)),
  isOver: overOnce(wouldShowPreflight, shows),
};

function describe(exchange: JudgedExchange) {
  const tolerated = relaxesAuthorization(exchange);
  const headers = missingHeaders(exchange);
  const allowed = responseTokens(exchange, ACAH);
  const allowedHeaders = [...new Set([...allowed.filter((name) => name !== '*'), ...requestedHeaders(exchange)])];
  return {
    severity: tolerated ? ('warning' as const) : ('error' as const),
    confidence: isOneCandidate(exchange) || tolerated ? ('likely' as const) : ('certain' as const),
    params: {
      ...parties(exchange),
      headers: headers.join(', '),
      allowed: allowed.join(', ') || '(none)',
      effect: effectText(tolerated),
    },
    evidence: [
      headerEvidence(exchange, ACAH, headers.join(', ')),
      requestEvidence(exchange, 'Access-Control-Request-Headers'),
    ],
    fixes: [
      enableCors(fixContext(exchange), { allowedHeaders }, `Add \`${headers.join(', ')}\` to \`cors.allowedHeaders\``),
      ...sendAsAuth(fixContext(exchange), headers),
    ],
    alternatives: exchange.cors.candidates.flatMap(({ error }) => EARLIER[error ?? ''] ?? []),
  };
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
