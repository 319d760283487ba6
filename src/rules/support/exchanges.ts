import type { JudgedExchange } from '../../model/exchange.ts';
import { headerValue } from '../../model/headers.ts';
import type { Session } from '../../model/session.ts';

/** Rules ask for the same list for every exchange of a session: building it each time makes long sessions quadratic. */
const OBSERVED = new WeakMap<Session['latest'], readonly JudgedExchange[]>();

/** What the page (or a probe in its place) did in the attempt that stands for the session: without what the panel asked for. */
export function observed({ latest }: Session): readonly JudgedExchange[] {
  const known = OBSERVED.get(latest);
  if (known) return known;
  const own = latest.filter(({ askedByUs, probe }) => !askedByUs || probe === 'client');
  OBSERVED.set(latest, own);
  return own;
}

/** The HTTP status; 0 when no response was seen. */
export function statusOf(exchange: JudgedExchange): number {
  return exchange.response?.status ?? 0;
}

/** Whether the status is 200-299: below and above it, a missing CORS header is never the fault. */
export function isSuccess(exchange: JudgedExchange): boolean {
  return statusOf(exchange) >= 200 && statusOf(exchange) <= 299;
}

/** A response header as the browser joins it; null when there is no response or no such line. */
export function responseHeader(exchange: JudgedExchange, name: string): string | null {
  return exchange.response ? headerValue(exchange.response.headers, name) : null;
}

/** The elements of a comma-separated response header, in lower case; empty elements are left out. */
export function responseTokens(exchange: JudgedExchange, name: string): string[] {
  return tokensOf(responseHeader(exchange, name));
}

/** The elements of a comma-separated header value, in lower case; empty elements are left out. */
export function tokensOf(value: string | null): string[] {
  return (value ?? '')
    .split(',')
    .map((element) => element.trim().toLowerCase())
    .filter((element) => element !== '');
}

/** The origin that the request named; the page's where the browser shows no request headers; null when neither is known. */
export function originOf(exchange: JudgedExchange): string | null {
  return headerValue(exchange.requestHeaders, 'Origin') ?? exchange.pageOrigin;
}

/** The response body where it could be read; null when it was hidden, not captured or is no text (`''` means empty). */
export function bodyText(exchange: JudgedExchange): string | null {
  const body = exchange.response?.body;
  if (body?.state === 'empty') return '';
  return body?.state === 'text' ? body.text : null;
}

/** Media type of the response without parameters, in lower case; `''` when it names none. */
export function mediaType(exchange: JudgedExchange): string {
  return (responseHeader(exchange, 'Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The first request of an Engine.IO session: it has no sid yet. */
export function isHandshake(exchange: JudgedExchange): boolean {
  return exchange.target.sid === null && (exchange.kind === 'polling' || exchange.kind === 'websocket');
}

/**
 * Whether a polling answer may come from an Engine.IO server. A GET is never answered with HTML or JSON on success
 * (engine.io, `lib/transports/polling.ts`); only the `ok` of a POST is `text/html`.
 */
export function mayBeEngineIo(exchange: JudgedExchange): boolean {
  if (exchange.method !== 'GET') return true;
  if (['text/html', 'application/json'].includes(mediaType(exchange))) return false;
  const text = bodyText(exchange);
  return text === null || exchange.target.sid !== null || /^(\d+:)?0\{/.test(text);
}
