/**
 * What a probe asked and was answered -> log records, as Chromium's DevTools would show the same. Pure. Whether a browser would
 * have kept an answer from the page is decided by who asks: here it is only written down. Source: docs/browsers.md.
 */
import type { EntryRecord } from '../model/capture-log.ts';
import type { HarEntry, HarHeader, HarResponse, HarWebSocketMessage, OwnNotes } from '../model/har.ts';

export interface ProbeRequest {
  kind: 'preflight' | 'xhr' | 'websocket';
  method: string;
  url: string;
  /** As sent; of a request that never was, what DevTools shows as provisional. */
  headers: HarHeader[];
  body: string | null;
  /** ms since the epoch, with fractions. */
  startedMs: number;
  purpose: 'client' | 'beside';
  /** Null for a WebSocket, which has no such mode. */
  credentials: 'include' | 'omit' | null;
  pageUrl: string | null;
}

export interface ProbeAnswer {
  status: number;
  statusText: string;
  httpVersion: string;
  /** Lines of one name stay apart. */
  headers: HarHeader[];
  body: Uint8Array;
}

/** How a request ended. Durations in ms. */
export type ProbeEnd =
  | { kind: 'answered'; answer: ProbeAnswer; durationMs: number; withheld: boolean }
  /** Without an answer; `''`: the browser itself refused to send it. */
  | { kind: 'failed'; error: string; durationMs: number; wasSent: boolean }
  /** No answer until the probe gave up. */
  | { kind: 'pending'; durationMs: number; wasSent: boolean }
  | {
      kind: 'socket';
      /** Null where the handshake failed: Chromium then shows nothing but the error text among the messages. */
      answer: ProbeAnswer | null;
      messages: HarWebSocketMessage[];
      ended: boolean;
      durationMs: number;
    };

/**
 * The record of one request.
 *
 * @param seq its number in the log
 */
export function probeRecord(request: ProbeRequest, end: ProbeEnd, seq: number): EntryRecord {
  return {
    kind: 'entry',
    seq,
    entry: entryOf(request, end),
    body: null,
    bodyEncoding: null,
    firstFrame: 0,
    pageUrl: request.pageUrl,
    harIndex: null,
    seenMs: null,
    askedByUs: true,
  };
}

function entryOf(request: ProbeRequest, end: ProbeEnd): HarEntry {
  const { kind, method, url, headers, body } = request;
  const wasSent = !('wasSent' in end) || end.wasSent;
  return {
    startedDateTime: new Date(request.startedMs).toISOString(),
    time: end.durationMs,
    request: {
      method,
      url,
      httpVersion: 'HTTP/1.1',
      headers,
      // Of provisional headers Chromium gives no size.
      headersSize: wasSent ? sizeOf(headers) : -1,
      bodySize: body === null ? 0 : new TextEncoder().encode(body).length,
      ...(body !== null && { postData: { mimeType: 'text/plain;charset=UTF-8', text: body } }),
    },
    response: responseOf(kind, end),
    cache: {},
    timings: timingsOf(end),
    _initiator: { type: kind === 'preflight' ? 'preflight' : 'script' },
    _resourceType: kind,
    ...(end.kind === 'socket' && { _webSocketMessages: end.messages, ...(end.ended && { _ended: true as const }) }),
    _doctor: notesOf(request),
  };
}

function notesOf({ pageUrl, purpose, credentials }: ProbeRequest): OwnNotes {
  return { pageUrl, askedByUs: true, probe: purpose, ...(credentials && { credentials }) };
}

/** A pending request has a negative `blocked`; an upgrade that ended has a `receive`. */
function timingsOf(end: ProbeEnd): Record<string, number> {
  if (end.kind === 'pending') return { blocked: -1, send: 0, wait: 0, receive: 0 };
  return { blocked: 0, send: 0, wait: end.durationMs, receive: 1 };
}

function responseOf(kind: ProbeRequest['kind'], end: ProbeEnd): HarResponse {
  if (end.kind === 'failed') return emptyResponse(end.error);
  if (end.kind === 'pending') return emptyResponse(null);
  const { answer } = end;
  if (answer === null) return emptyResponse(null);
  const isHidden = kind !== 'xhr' || (end.kind === 'answered' && end.withheld);
  return {
    status: answer.status,
    statusText: answer.statusText,
    httpVersion: answer.httpVersion,
    headers: answer.headers,
    cookies: [],
    content: isHidden ? { size: 0, mimeType: 'x-unknown' } : contentOf(answer),
    redirectURL: '',
    headersSize: sizeOf(answer.headers),
    bodySize: answer.body.length,
    _error: errorOf(kind, end),
  };
}

/** Chromium's words for an answer that it keeps from the page, and for a preflight that is led elsewhere. */
function errorOf(kind: ProbeRequest['kind'], end: ProbeEnd): string | null {
  if (end.kind !== 'answered' || !end.withheld) return null;
  if (kind !== 'preflight') return 'net::ERR_FAILED';
  const { status } = end.answer;
  return status >= 300 && status <= 399 ? 'net::ERR_INVALID_REDIRECT' : null;
}

function emptyResponse(error: string | null): HarResponse {
  return { status: 0, statusText: '', headers: [], content: { size: 0, mimeType: 'x-unknown' }, _error: error };
}

function contentOf({ headers, body }: ProbeAnswer): NonNullable<HarResponse['content']> {
  const mimeType = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? 'x-unknown';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return { size: body.length, mimeType, text };
  } catch {
    return { size: body.length, mimeType, text: base64Of(body), encoding: 'base64' };
  }
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function sizeOf(headers: readonly HarHeader[]): number {
  return headers.reduce((sum, { name, value }) => sum + name.length + value.length + 4, 0);
}
