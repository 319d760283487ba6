/**
 * Builders of HAR entries as Chromium shows them (measured: src/testing/devtools-entries): a test names only what it is about.
 */
import type { EntryRecord } from '../model/capture-log.ts';
import type { HarEntry, HarHeader, HarWebSocketMessage } from '../model/har.ts';

export const PAGE = 'http://localhost:3000';
export const SERVER = 'http://localhost:3001';
export const T0 = Date.UTC(2026, 10, 23, 10, 0, 0);

export interface EntryParts {
  method?: string;
  url?: string;
  status?: number;
  /** Chromium's `_error`; null for a response that was read. */
  error?: string | null;
  requestHeaders?: Record<string, string>;
  responseHeaders?: Record<string, string> | HarHeader[];
  body?: string;
  requestBody?: string;
  /** Milliseconds after `T0`. */
  at?: number;
  time?: number;
  type?: 'xhr' | 'preflight' | 'websocket';
  messages?: HarWebSocketMessage[];
  origin?: string | null;
}

/** A polling request (the handshake unless `url` says otherwise). */
export function entry(parts: EntryParts = {}): HarEntry {
  const { method = 'GET', url = handshakeUrl(), status = 200, error = null, at = 0, time = 5, type = 'xhr' } = parts;
  const sent = status > 0 || error === 'net::ERR_CONNECTION_REFUSED';
  const origin = parts.origin === undefined ? PAGE : parts.origin;
  const withheld = error !== null || type === 'preflight';
  return {
    startedDateTime: new Date(T0 + at).toISOString(),
    time,
    _initiator: { type: type === 'preflight' ? 'preflight' : 'script' },
    _resourceType: type,
    request: {
      method,
      url,
      headers: headerList({
        ...(sent && origin && { Origin: origin, Host: new URL(url).host }),
        Referer: `${PAGE}/`,
        ...parts.requestHeaders,
      }),
      cookies: [],
      headersSize: sent ? 500 : -1,
      bodySize: parts.requestBody?.length ?? 0,
      ...(parts.requestBody !== undefined && {
        postData: { mimeType: 'text/plain;charset=UTF-8', text: parts.requestBody },
      }),
    },
    response: {
      status,
      statusText: '',
      headers: Array.isArray(parts.responseHeaders) ? parts.responseHeaders : headerList(parts.responseHeaders ?? {}),
      cookies: [],
      content: {
        size: withheld ? 0 : (parts.body?.length ?? 0),
        mimeType: 'text/plain',
        ...(parts.body !== undefined && !withheld && { text: parts.body }),
      },
      redirectURL: '',
      _error: error,
    },
    timings: { blocked: 1, send: 0, wait: time, receive: 0 },
    pageref: 'page_1',
    ...(parts.messages && { _webSocketMessages: parts.messages }),
  };
}

let counter = 0;

/** A handshake URL with a `t` of its own. */
export function handshakeUrl(server = SERVER, eio = 4): string {
  counter += 1;
  return `${server}/socket.io/?EIO=${eio}&transport=polling&t=t${counter}`;
}

export function sidUrl(sid: string, transport: 'polling' | 'websocket' = 'polling', server = SERVER): string {
  counter += 1;
  const base = transport === 'websocket' ? server.replace('http', 'ws') : server;
  return `${base}/socket.io/?EIO=4&transport=${transport}&${transport === 'polling' ? `t=t${counter}&` : ''}sid=${sid}`;
}

/** The `open` packet of a Socket.IO 4.5+ server. */
export function openBody(sid: string): string {
  return `0{"sid":"${sid}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}`;
}

export interface SocketParts {
  url?: string;
  at?: number;
  status?: number;
  messages: HarWebSocketMessage[];
  /** Milliseconds from start to end; null while open. */
  endsAfter?: number | null;
  key?: string;
}

/** A WebSocket entry. */
export function socketEntry(parts: SocketParts): HarEntry {
  const {
    url = `${SERVER.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
    at = 0,
    status = 101,
    messages,
  } = parts;
  counter += 1;
  const startMs = T0 + at;
  const lastMs = messages.length === 0 ? 1 : (messages.at(-1)?.time ?? 0) * 1000 - startMs;
  const base = entry({ url, at, status, type: 'websocket', messages });
  return {
    ...base,
    time: parts.endsAfter ?? lastMs,
    request: {
      ...base.request,
      headers: headerList({ Origin: PAGE, Upgrade: 'websocket', 'Sec-WebSocket-Key': parts.key ?? `key${counter}==` }),
    },
    timings: {
      blocked: -1,
      send: 0,
      wait: 1,
      receive: parts.endsAfter === undefined || parts.endsAfter === null ? 0 : 1,
    },
  };
}

/** A frame or error text `at` milliseconds after `T0`. */
export function message(type: HarWebSocketMessage['type'], data: string, at: number): HarWebSocketMessage {
  return { type, data, time: (T0 + at) / 1000, opcode: type === 'error' ? -1 : 1 };
}

/** A healthy cross-origin connection that upgraded: handshake, CONNECT, upgrade. */
export function healthyEntries(
  sid = 'SID0000000000000AAAA',
  at = 0,
  acao: Record<string, string> = { 'Access-Control-Allow-Origin': PAGE, Vary: 'Origin' },
): HarEntry[] {
  return [
    entry({ at, responseHeaders: acao, body: openBody(sid) }),
    entry({ at: at + 10, method: 'POST', url: sidUrl(sid), requestBody: '40', body: 'ok', responseHeaders: acao }),
    entry({ at: at + 12, url: sidUrl(sid), body: `40{"sid":"socket-${sid}"}`, responseHeaders: acao }),
    socketEntry({
      url: sidUrl(sid, 'websocket'),
      at: at + 15,
      messages: [
        message('send', '2probe', at + 20),
        message('receive', '3probe', at + 22),
        message('send', '5', at + 24),
      ],
    }),
    entry({ at: at + 16, time: 8, url: sidUrl(sid), body: '6', responseHeaders: acao }),
  ];
}

/** Log records of entries, numbered in their order. */
export function records(entries: readonly HarEntry[], from = 1): EntryRecord[] {
  return entries.map((item, index) => ({
    kind: 'entry',
    seq: from + index,
    entry: item,
    body: item.response.content?.text ?? null,
    bodyEncoding: null,
    firstFrame: 0,
    pageUrl: `${PAGE}/`,
    harIndex: null,
    seenMs: null,
    askedByUs: false,
  }));
}

function headerList(headers: Record<string, string>): HarHeader[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
