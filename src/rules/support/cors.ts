import type { CorsErrorName } from '../../cors/outcome.ts';
import type { CorsAnswer } from '../../fixes/socket-server.ts';
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Evidence } from '../../model/finding.ts';
import { headerValue, headerValues } from '../../model/headers.ts';
import { isFromCache, variesByOrigin } from './cache.ts';
import { headerEvidence, requestEvidence } from './evidence.ts';
import { isSuccess, mayBeEngineIo, originOf, responseHeader, responseTokens } from './exchanges.ts';

export const ACAO = 'Access-Control-Allow-Origin';
export const ACAC = 'Access-Control-Allow-Credentials';

/** An actual Engine.IO answer whose CORS headers decide: no preflight, no error status, nobody else's HTML. */
export function isCorsTest(exchange: JudgedExchange): boolean {
  return exchange.kind === 'polling' && isSuccess(exchange) && mayBeEngineIo(exchange);
}

/**
 * Whether a good answer was kept from the page for one of these reasons. Not for an opaque origin: what is said there
 * ("add this origin") would be wrong advice.
 */
export function isRefused(exchange: JudgedExchange, ...errors: CorsErrorName[]): boolean {
  return isCorsTest(exchange) && failsWith(exchange, ...errors) && originOf(exchange) !== 'null';
}

/** Whether the CORS verdict is one of these errors. */
export function failsWith({ cors }: JudgedExchange, ...errors: CorsErrorName[]): boolean {
  return cors.verdict === 'fail' && cors.error !== null && errors.includes(cors.error);
}

/** A preflight with a good status: its CORS headers decide. A bad status is what has to be fixed first (rules of its own). */
export function isPreflightTest(exchange: JudgedExchange): boolean {
  return exchange.kind === 'preflight' && isSuccess(exchange);
}

/**
 * A good answer without any allowed origin. `Vary: Origin` on it says that a list, a pattern or a function was asked, and said
 * no (expressjs/cors, `lib/index.js`); without it nobody was asked.
 */
export function lacksOrigin(exchange: JudgedExchange, { asked }: { asked: boolean }): boolean {
  return (
    isRefused(exchange, 'MissingAllowOriginHeader') && responseTokens(exchange, 'Vary').includes('origin') === asked
  );
}

/**
 * Whether the exchange itself shows that cookies were sent with it. Without this the mode is known by elimination only.
 * `Sec-Fetch-Storage-Access` is sent if and only if credentials are included (https://privacycg.github.io/storage-access-headers/).
 */
export function showsCredentials(exchange: JudgedExchange): boolean {
  if (exchange.target.eio === 3) return true;
  return ['Cookie', 'Sec-Fetch-Storage-Access'].some((name) => headerValue(exchange.requestHeaders, name) !== null);
}

/** The request header that proves the credentials mode, where there is one. Cookies by name only: their values are secrets. */
export function credentialsEvidence(exchange: JudgedExchange): Evidence[] {
  const cookie = headerValue(exchange.requestHeaders, 'Cookie');
  if (cookie !== null) {
    const actual = cookie
      .split(';')
      .map((pair) => pair.split('=')[0]?.trim() ?? '')
      .join(', ');
    return [{ exchange: exchange.key, where: 'request header', name: 'Cookie', expected: null, actual }];
  }
  const storage = headerValue(exchange.requestHeaders, 'Sec-Fetch-Storage-Access');
  return storage === null ? [] : [requestEvidence(exchange, 'Sec-Fetch-Storage-Access')];
}

/** An answer to another page that a cache gave to this one: it names that page, and is older than the request. */
export function isForeignFromCache(exchange: JudgedExchange): boolean {
  return isRefused(exchange, 'AllowOriginMismatch') && !variesByOrigin(exchange) && isFromCache(exchange);
}

/** What the server answers now; undefined where nobody is allowed, or several answer: then it does not show who says what. */
export function corsAnswer(exchange: JudgedExchange): CorsAnswer | undefined {
  const origins = headerValues(exchange.response?.headers ?? [], ACAO);
  const [origin] = origins;
  if (!origin || origins.length > 1) return undefined;
  const headers = exchange.kind === 'preflight' ? responseTokens(exchange, 'Access-Control-Allow-Headers') : [];
  return { origin, credentials: responseHeader(exchange, ACAC), headers: headers.length > 0 ? headers : null };
}

/** Whom the server allows, beside the page that asks. */
export function allowOriginEvidence(exchange: JudgedExchange): Evidence {
  return headerEvidence(exchange, ACAO, originOf(exchange));
}
