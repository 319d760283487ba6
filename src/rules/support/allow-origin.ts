import { type NearMiss, nearMiss } from '../../cors/near-miss.ts';
import { allowOrigin, enableCors, onlySocketIoAnswers } from '../../fixes/cors.ts';
import { onlyProxyAnswers } from '../../fixes/proxy-cors.ts';
import { onlyMiddlewareAnswers } from '../../fixes/python.ts';
import type { ServerNow } from '../../fixes/socket-server.ts';
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Fix } from '../../model/finding.ts';
import { headerValues } from '../../model/headers.ts';
import { fixContext } from './context.ts';
import { ACAO, corsAnswer, isForeignFromCache } from './cors.ts';
import { originOf, responseHeader } from './exchanges.ts';
import { preflightNeeds, proxyAnswersPreflight } from './preflight.ts';

/** In what two origins differ, in a sentence. */
const DIFFERENCES: Record<NearMiss, string> = {
  'trailing-slash': 'An origin has no trailing slash.',
  scheme: 'They differ in the scheme: `http` and `https` are different origins.',
  port: 'They differ in the port as it is written.',
  'loopback-alias': '`localhost`, `127.0.0.1` and `[::1]` are different origins, although they are the same machine.',
  www: 'They differ in the `www.`, which makes two origins.',
  case: 'They differ in upper and lower case: browsers send origins in lower case.',
  'missing-scheme': 'An origin starts with its scheme.',
  'has-path': 'An origin ends after the port: it has no path.',
  other: 'They are different origins.',
};

/** How the one allowed origin misses the page's: the detail, the sentence for it, and the cure. */
export function mismatch(exchange: JudgedExchange): {
  detail: NearMiss;
  allowed: string;
  difference: string;
  fixes: Fix[];
} {
  const allowed = responseHeader(exchange, ACAO) ?? '';
  const detail = nearMiss(originOf(exchange) ?? '', allowed);
  // Another page may depend on the origin that is allowed now, so the fix keeps it.
  const needs = {
    ...preflightNeeds(exchange),
    alsoAllow: validOrigins([allowed]),
    isNotPython: true,
    now: serverNow(exchange),
  } as const;
  const list = exchange.kind === 'preflight' ? enableCors : allowOrigin;
  const fixes = list(fixContext(exchange), needs);
  return { detail, allowed, difference: DIFFERENCES[detail], fixes };
}

/** Where several values come from (two parties, or one that lists them), and the cure for either. */
export function severalValues(exchange: JudgedExchange): { values: string; source: string; fixes: Fix[] } {
  const lines = headerValues(exchange.response?.headers ?? [], ACAO);
  const values = responseHeader(exchange, ACAO) ?? '';
  const needs = {
    ...preflightNeeds(exchange),
    alsoAllow: validOrigins(values.split(/[\s,]+/)),
    isNotPython: true,
  } as const;
  const context = fixContext(exchange);
  const proxies =
    exchange.kind === 'preflight' ? proxyAnswersPreflight(exchange, context) : onlyProxyAnswers(context, needs);
  if (lines.length > 1) {
    const source = `It came in ${lines.length} header lines: the server and something before it, such as a proxy, each add one.`;
    // A Python application's middleware leaves preflights to nobody behind it.
    const middleware = exchange.kind === 'preflight' || context.eio === 3 ? [] : [onlyMiddlewareAnswers(context)];
    return { values, source, fixes: [...proxies, ...onlySocketIoAnswers(context, needs), ...middleware] };
  }
  const source =
    'It came in one header line: a single string such as `"A, B"` as `origin` does that, and so does a proxy that joins lines.';
  return { values, source, fixes: [...enableCors(context, needs, 'Make `cors.origin` an array'), ...proxies] };
}

/** What the server's headers say of its options. Not what a cache gave out: that was for another page. */
export function serverNow(exchange: JudgedExchange): ServerNow {
  return { answers: isForeignFromCache(exchange) ? undefined : corsAnswer(exchange) };
}

/** Those values that are origins as a browser writes them. */
export function validOrigins(values: readonly string[]): string[] {
  return values.filter((value) => /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value);
}
