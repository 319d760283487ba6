import type { CorsErrorName } from '../../cors/outcome.ts';
import { enableCors } from '../../fixes/cors.ts';
import { onlyProxyAnswersPreflights } from '../../fixes/proxy-cors.ts';
import { sameOrigin } from '../../fixes/same-origin.ts';
import type { ServerNeeds } from '../../fixes/socket-server.ts';
import { withNote } from '../../fixes/stacks.ts';
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Fix } from '../../model/finding.ts';
import { headerValue } from '../../model/headers.ts';
import type { Session } from '../../model/session.ts';
import { fixContext } from './context.ts';
import { ACAO, corsAnswer, failsWith, isPreflightTest } from './cors.ts';
import { isSuccess, originOf, responseHeader, responseTokens, statusOf, tokensOf } from './exchanges.ts';
import { whyNull } from './null-origin.ts';

/** The names of a preflight's requested headers, in lower case. */
export function requestedHeaders(preflight: JudgedExchange): string[] {
  return tokensOf(headerValue(preflight.requestHeaders, 'Access-Control-Request-Headers'));
}

export const ACAH = 'Access-Control-Allow-Headers';

/** Those of them that the answer does not name. Without credentials `*` names all but `Authorization` (Fetch, CORS-preflight fetch). */
export function missingHeaders(preflight: JudgedExchange): string[] {
  const { credentials, verdict } = preflight.cors;
  const allowed = responseTokens(preflight, ACAH);
  const isWildcard = allowed.includes('*') && (credentials === 'omit' || verdict === 'pass');
  return requestedHeaders(preflight).filter(
    (name) => !allowed.includes(name) && !(isWildcard && name !== 'authorization'),
  );
}

/** Whether this is a header of an answer: a client that sends it has misunderstood it (Fetch, "HTTP responses" of the CORS protocol). */
export function isResponseHeader(name: string): boolean {
  return name.startsWith('access-control-allow-');
}

/**
 * What `cors` needs beside the origin, so that the next check does not refuse the same preflight: all that it asked for, where
 * the server has a list that leaves something out.
 */
export function preflightNeeds(
  exchange: JudgedExchange,
): Pick<ServerNeeds, 'allowedHeaders' | 'asked' | 'isNotPython' | 'now'> {
  const allowed = responseTokens(exchange, ACAH);
  const leavesOut = (name: string) => !allowed.includes(name) && !isResponseHeader(name);
  const listed = allowed.length > 0 && requestedHeaders(exchange).some(leavesOut);
  return {
    now: { answers: corsAnswer(exchange) },
    ...(SINCE_V3.includes(statusFault(exchange)) ? { isNotPython: true } : {}),
    ...(listed ? { allowedHeaders: headersToList(exchange) } : {}),
    ...(mayBeV2(exchange) ? { asked: headersToList(exchange) } : {}),
  };
}

/** Answers of Node.js servers alone, from v3 on: v2 names the origin with a 400, and hands no OPTIONS to a session that cannot take it. */
const SINCE_V3: readonly (PreflightFault | null)[] = ['bad-handshake-method', 'sid-500'];

function mayBeV2(exchange: JudgedExchange): boolean {
  return exchange.kind === 'preflight' && exchange.target.eio === 3 && !SINCE_V3.includes(statusFault(exchange));
}

/** A list of headers that keeps what is allowed and adds what was asked for. */
export function headersToList(exchange: JudgedExchange): string[] {
  const asked = requestedHeaders(exchange).filter((name) => !isResponseHeader(name));
  return [...new Set([...responseTokens(exchange, ACAH).filter((name) => name !== '*'), ...asked])];
}

/** Whether a preflight with a good status fails for one of these reasons. */
export function isRefusedPreflight(exchange: JudgedExchange, ...errors: CorsErrorName[]): boolean {
  return isPreflightTest(exchange) && failsWith(exchange, ...errors);
}

/** An answered preflight, or the answer to a request that needed none (any more): where a preflight's fault would show. */
export function wouldShowPreflight(exchange: JudgedExchange): boolean {
  return exchange.kind === 'preflight'
    ? exchange.response !== null
    : exchange.kind === 'polling' && exchange.response !== null;
}

/** A preflight with a good status, or an answer beyond it: another bad status may come from something that stands before the first. */
export function isPreflightAccepted(exchange: JudgedExchange): boolean {
  return wouldShowPreflight(exchange) && (exchange.kind !== 'preflight' || isSuccess(exchange));
}

/** Statuses of a redirect that a preflight may not follow, once there is a `Location` (Fetch, "HTTP-redirect fetch"). */
const REDIRECTS = [301, 302, 303, 307, 308];

const AUTHENTICATION = [401, 403, 407];

export type PreflightFault = 'redirect' | 'bad-handshake-method' | 'sid-500' | 'auth-blocked' | 'not-ok';

/** What a preflight's status says, whatever its CORS headers do; null when the status is good or there is no answer. */
export function statusFault(exchange: JudgedExchange): PreflightFault | null {
  const status = statusOf(exchange);
  if (exchange.kind !== 'preflight' || status === 0 || (status >= 200 && status <= 299)) return null;
  if (REDIRECTS.includes(status) && exchange.redirectUrl !== null) return 'redirect';
  if (AUTHENTICATION.includes(status)) return 'auth-blocked';
  if (status === 400 && exchange.target.sid === null && isJson(exchange)) return 'bad-handshake-method';
  return status === 500 && exchange.target.sid !== null ? 'sid-500' : 'not-ok';
}

function isJson(exchange: JudgedExchange): boolean {
  return /^application\/json\b/i.test(headerValue(exchange.response?.headers ?? [], 'Content-Type') ?? '');
}

/** Statuses that say that the request itself would fare no better: too many, nobody behind the proxy, python-socketio's for a stranger. */
const NOT_OF_METHOD = [400, 429, 502, 503, 504];

/**
 * A proxy before the server that answers preflights in its place, and CORS with it. Empty where that would only move the error:
 * where the request itself would be turned away, or asks leave for a header that nobody should allow.
 */
export function proxyAnswersPreflight(preflight: JudgedExchange, context = fixContext(preflight)): Fix[] {
  if (wouldFareNoBetter(preflight) || requestedHeaders(preflight).some(isResponseHeader)) return [];
  return onlyProxyAnswersPreflights(context, {
    allowedHeaders: headersToList(preflight),
    now: statusFault(preflight) === null ? { answers: corsAnswer(preflight) } : undefined,
  });
}

function wouldFareNoBetter(preflight: JudgedExchange): boolean {
  return statusFault(preflight) === 'not-ok' && NOT_OF_METHOD.includes(statusOf(preflight));
}

/** The same where a login answers. Not Caddy, where logins and redirects come first (https://caddyserver.com/docs/caddyfile/directives#directive-order). */
export function proxyAnswersBeforeLogin(preflight: JudgedExchange): Fix[] {
  return proxyAnswersPreflight(preflight).filter(({ id }) => id !== 'caddy');
}

/** The answer is a refusal, and still somebody names an origin: from v3 on not Socket.IO, which then answers well. */
function isNamedElsewhere(preflight: JudgedExchange): boolean {
  return statusFault(preflight) !== null && responseHeader(preflight, ACAO) !== null && !mayBeV2(preflight);
}

/** What to do where the server has to allow the page's origin: list it, or, where the page has none, give it one. */
export function originRemedy(preflight: JudgedExchange, session: Session): { remedy: string; fixes: Fix[] } {
  const origin = originOf(preflight);
  if (origin === 'null') {
    const { reason, fixes } = whyNull(preflight, session);
    return { remedy: `The page has no origin that could be listed: serve it over http or https. ${reason}`, fixes };
  }
  const context = fixContext(preflight);
  const proxies = proxyAnswersPreflight(preflight);
  const servers = enableCors(context, preflightNeeds(preflight));
  // python-socketio asks the page's origin of whoever passes it on, too.
  const around = wouldFareNoBetter(preflight) ? [] : sameOrigin(context);
  const list = `Add \`${origin}\` to \`cors.origin\` of Socket.IO’s own \`Server\``;
  if (!isNamedElsewhere(preflight)) return { remedy: `${list}.`, fixes: [...servers, ...proxies, ...around] };
  return {
    remedy: `Something else names an origin already: let it answer preflights as well. Or ${lowerFirst(list)}, and let nobody else send CORS headers.`,
    fixes: [...proxies, ...withNote(servers, ONLY_ONE), ...around],
  };
}

/** The same where the origin is named, and requests with cookies are what is not allowed: from the server, or from a proxy that answers. */
export function cookieRemedy(preflight: JudgedExchange, session: Session, needs: ServerNeeds, title?: string): Fix[] {
  if (originOf(preflight) === 'null') return originRemedy(preflight, session).fixes;
  const context = { ...fixContext(preflight), credentials: 'include' } as const;
  return [
    ...enableCors(context, { ...preflightNeeds(preflight), ...needs }, title),
    ...proxyAnswersPreflight(preflight, context),
  ];
}

const ONLY_ONE = 'and let nobody else send an Access-Control-* header: two that answer give two';

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
