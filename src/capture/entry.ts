/**
 * One recorded entry -> one exchange. Everything that differs between browsers in how an entry *looks* is settled here;
 * what it *means* for the connection is settled later. Source: measurements in docs/browsers.md.
 */
import type { EntryRecord } from '../model/capture-log.ts';
import type {
  Body,
  Dialect,
  Exchange,
  ExchangeKind,
  ExchangeOutcome,
  ExchangeResponse,
  Frame,
} from '../model/exchange.ts';
import type { HarEntry, HarHeader, HarWebSocketMessage } from '../model/har.ts';
import { headerValue } from '../model/headers.ts';
import { parseEngineUrl } from '../protocol/engine-url.ts';
import { parseUrl } from '../protocol/url.ts';
import { callSiteOf } from './call-site.ts';

/** What several records of one request add up to: the best entry, any body, all frames. */
export interface MergedRecord {
  key: string;
  entry: HarEntry;
  body: EntryRecord['body'];
  bodyEncoding: EntryRecord['bodyEncoding'];
  /** All frames and error texts seen, in order. */
  messages: readonly HarWebSocketMessage[];
  pageUrl: string | null;
  harIndex: number | null;
  seenMs: number | null;
  askedByUs: boolean;
}

/** Makes an exchange of a merged record; null when it is not Engine.IO traffic, or is torn. Never throws on a well-formed HAR entry. */
export function exchangeFromRecord(record: MergedRecord): Exchange | null {
  const { entry } = record;
  const target = parseEngineUrl(entry.request.url);
  if (!target) return null;
  const method = entry.request.method || 'GET';
  const dialect = dialectOf(entry);
  if (dialect === 'firefox' && isTorn(entry)) return null;
  const kind = kindOf(entry, method, target.scheme, target.transport);
  const startedMs = startOf(record);
  const outcome = outcomeOf(entry, kind, dialect, record.messages);
  const requestHeaders = entry.request.headers;
  const probe = entry._doctor?.probe ?? null;
  // What a probe asks in another page's name says something of the server to this one.
  const ownPage = probe === 'beside' ? originOf(record.pageUrl) : null;
  const pageOrigin = ownPage ?? pageOriginOf(requestHeaders, record.pageUrl, target.origin);
  return {
    key: record.key,
    kind,
    method,
    url: entry.request.url,
    target,
    dialect,
    harIndex: record.harIndex,
    askedByUs: record.askedByUs,
    probe,
    startedMs,
    durationMs: outcome === 'pending' ? null : durationOf(entry),
    outcome,
    error: entry.response._error ?? null,
    requestHeaders,
    requestBody: requestBodyOf(entry, method),
    response: responseOf(record, kind, outcome),
    frames: record.messages.filter((message) => message.type !== 'error').map(toFrame),
    socketErrors: record.messages.filter((message) => message.type === 'error').map((message) => message.data),
    ended: kind === 'websocket' && socketEnded(entry, dialect, record.messages, startedMs),
    sidUsed: entry._sidUsed === true,
    pageOrigin,
    pageUrl: pageUrlOf(requestHeaders, record.pageUrl, pageOrigin),
    callSite: callSiteOf(entry._initiator),
    redirectUrl: redirectOf(entry),
    requestHeadersComplete: (entry.request.headersSize ?? -1) >= 0 || headerValue(requestHeaders, 'Host') !== null,
    source: wholeEntry(record, startedMs),
  };
}

/** The entry with all that its records brought, as it goes into a report's HAR: opening the report again finds the same. */
function wholeEntry(record: MergedRecord, startedMs: number): HarEntry {
  const { entry, body, bodyEncoding, messages } = record;
  const content =
    body === null
      ? entry.response.content
      : { ...entry.response.content, text: body, encoding: bodyEncoding ?? undefined };
  return {
    ...entry,
    startedDateTime: new Date(startedMs).toISOString(),
    time: startIsReal(entry) ? entry.time : 0,
    response: { ...entry.response, content },
    ...(messages.length > 0 && { _webSocketMessages: [...messages] }),
    _doctor: { ...entry._doctor, pageUrl: record.pageUrl, askedByUs: record.askedByUs },
  };
}

/** Chromium writes `_initiator` / `_resourceType`, Firefox `_securityState`; a proxy's HAR has neither. */
function dialectOf(entry: HarEntry): Dialect {
  if (entry._doctor?.dialect) return entry._doctor.dialect;
  if (entry._initiator !== undefined || entry._resourceType !== undefined || entry.response._error !== undefined)
    return 'chromium';
  if (entry._securityState !== undefined || /Firefox\//.test(headerValue(entry.request.headers, 'User-Agent') ?? ''))
    return 'firefox';
  return 'other';
}

/** An OPTIONS that the page itself sent is not a preflight: only the browser's own carries `Access-Control-Request-Method`. */
function kindOf(entry: HarEntry, method: string, scheme: string, transport: string): ExchangeKind {
  if (entry._resourceType === 'preflight') return 'preflight';
  if (entry._resourceType === undefined && method === 'OPTIONS') {
    return headerValue(entry.request.headers, 'Access-Control-Request-Method') === null ? 'other' : 'preflight';
  }
  if (scheme === 'ws' || scheme === 'wss' || entry._resourceType === 'websocket') return 'websocket';
  if (isUpgradeRequest(entry.request.headers)) return 'websocket';
  if (transport === 'polling') return 'polling';
  return transport === 'webtransport' ? 'webtransport' : 'other';
}

function isUpgradeRequest(headers: readonly HarHeader[]): boolean {
  return headerValue(headers, 'Upgrade')?.toLowerCase() === 'websocket';
}

/** A WebSocket that was refused before its request was sent has no start: Chromium writes 1969 there. */
const EARLIEST_PLAUSIBLE_MS = Date.UTC(2000, 0, 1);

function startIsReal(entry: HarEntry): boolean {
  return Date.parse(entry.startedDateTime) > EARLIEST_PLAUSIBLE_MS;
}

function startOf(record: MergedRecord): number {
  return startIsReal(record.entry) ? Date.parse(record.entry.startedDateTime) : (record.seenMs ?? 0);
}

/** Milliseconds. Without a real start, `time` counts from 1969 and means nothing. */
function durationOf(entry: HarEntry): number {
  return startIsReal(entry) ? Math.max(0, entry.time ?? 0) : 0;
}

function outcomeOf(
  entry: HarEntry,
  kind: ExchangeKind,
  dialect: Dialect,
  messages: readonly HarWebSocketMessage[],
): ExchangeOutcome {
  const { status, _error: error } = entry.response;
  if (status > 0) {
    const withheld = error === 'net::ERR_FAILED' || error?.startsWith('net::ERR_BLOCKED_BY_');
    return withheld && kind !== 'preflight' ? 'blocked' : 'answered';
  }
  if (typeof error === 'string') return 'failed';
  if (messages.some((message) => message.type === 'error')) return 'failed';
  if (isPending(entry, kind, dialect)) return 'pending';
  return 'failed';
}

/**
 * Whether Firefox has lost part of what it knew: there are headers of an answer, and no status. Its list of requests is emptied on
 * navigation, now and then when the new page's first requests are in it; what becomes of them, nobody is told.
 */
export function isTorn({ response }: HarEntry): boolean {
  return response.status === 0 && response._error === undefined && response.headers.length > 0;
}

/**
 * Chromium: a pending request has status 0, no `_error` and a negative `blocked`; a pending upgrade has neither a status
 * nor an error text. Firefox: empty timings and no type of content.
 */
function isPending(entry: HarEntry, kind: ExchangeKind, dialect: Dialect): boolean {
  if (dialect === 'chromium') return kind === 'websocket' ? !hasEnded(entry) : entry.response._error === null;
  const untimed = Object.keys(entry.timings ?? {}).length === 0;
  return dialect === 'firefox' && untimed && !entry.response.content?.mimeType;
}

function hasEnded(entry: HarEntry): boolean {
  return Number(entry.timings?.receive ?? 0) > 0;
}

function responseOf(record: MergedRecord, kind: ExchangeKind, outcome: ExchangeOutcome): ExchangeResponse | null {
  const { response } = record.entry;
  if (!(response.status > 0)) return null;
  return {
    status: response.status,
    statusText: response.statusText ?? '',
    headers: response.headers,
    body: responseBodyOf(record, kind, outcome),
  };
}

function responseBodyOf(record: MergedRecord, kind: ExchangeKind, outcome: ExchangeOutcome): Body {
  if (outcome === 'blocked') return { state: 'hidden' };
  const { content } = record.entry.response;
  const text = record.body || content?.text || '';
  // Both browsers keep the body of a preflight to themselves, and give "" for it.
  if (kind === 'preflight') return text ? { state: 'text', text } : { state: 'hidden' };
  if (text) {
    const encoding = record.body ? record.bodyEncoding : content?.encoding;
    return encoding === 'base64' ? decodeBase64(text) : { state: 'text', text };
  }
  const size = content?.size ?? -1;
  const announced = Number(headerValue(record.entry.response.headers, 'Content-Length') ?? Number.NaN);
  return size === 0 && !(announced > 0) ? { state: 'empty' } : { state: 'not-captured' };
}

/** Bodies without a text type come base64 although they are mostly text. */
function decodeBase64(base64: string): Body {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return { state: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { state: 'binary', base64 };
  }
}

function requestBodyOf(entry: HarEntry, method: string): Body {
  const text = entry.request.postData?.text;
  if (text) return { state: 'text', text };
  return method === 'POST' && (entry.request.bodySize ?? 0) !== 0 ? { state: 'not-captured' } : { state: 'empty' };
}

function toFrame(message: HarWebSocketMessage): Frame {
  return {
    direction: message.type === 'send' ? 'send' : 'receive',
    atMs: message.time * 1000,
    data: message.data,
    binary: message.opcode === 2,
    ...(message._length !== undefined && { length: message._length }),
  };
}

/** Milliseconds by which Chromium's start (cut to whole ms) and its frame times may differ. */
const CLOCK_GRAIN_MS = 2;

/**
 * While a WebSocket is open, its entry's `time` ends at its last frame; once ended, it ends later. Proxies that show no frames give
 * the time of the handshake alone.
 */
function socketEnded(
  entry: HarEntry,
  dialect: Dialect,
  messages: readonly HarWebSocketMessage[],
  startedMs: number,
): boolean {
  if (entry._ended || messages.some((message) => message.type === 'error')) return true;
  const last = messages.at(-1);
  if (!last) return dialect !== 'other' && hasEnded(entry);
  return (entry.time ?? 0) > last.time * 1000 - startedMs + CLOCK_GRAIN_MS;
}

/**
 * The page's origin: the request's own `Origin` says it best; a same-origin GET and a request that was never sent carry
 * only `Referer`, or under a strict referrer policy just `Sec-Fetch-Site`; failing all, the inspected page.
 */
function pageOriginOf(headers: readonly HarHeader[], pageUrl: string | null, serverOrigin: string): string | null {
  const origin = headerValue(headers, 'Origin');
  if (origin) return origin;
  if (headerValue(headers, 'Sec-Fetch-Site') === 'same-origin') return serverOrigin;
  return originOf(headerValue(headers, 'Referer')) ?? originOf(pageUrl);
}

/** Cross-origin requests carry only the origin as Referer, so the inspected page's URL is better where it can be the same page. */
function pageUrlOf(headers: readonly HarHeader[], pageUrl: string | null, pageOrigin: string | null): string | null {
  const referer = headerValue(headers, 'Referer');
  if (referer && referer !== `${pageOrigin}/` && originOf(referer) === pageOrigin) return referer;
  // An opaque origin (file://, a sandboxed frame) matches no URL; the page's own tells which of the two it is.
  if (pageUrl && (pageOrigin === 'null' || originOf(pageUrl) === pageOrigin)) return pageUrl;
  return referer;
}

function originOf(url: string | null): string | null {
  const origin = url === null ? 'null' : (parseUrl(url)?.origin ?? 'null');
  return origin === 'null' ? null : origin;
}

function redirectOf(entry: HarEntry): string | null {
  const { status, redirectURL } = entry.response;
  if (status < 300 || status > 399) return null;
  const location = redirectURL || headerValue(entry.response.headers, 'Location');
  return location ? (parseUrl(location, entry.request.url)?.href ?? null) : null;
}
