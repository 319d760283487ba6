/**
 * Builders of judged exchanges and endpoints, for rules: a test names only what the case is about. What happened in between
 * (opened, packets, namespaces) is worked out by the project's own session builder.
 */
import type { CorsErrorName, CorsOutcome } from '../cors/outcome.ts';
import type { Body, ExchangeKind, ExchangeOutcome, JudgedExchange } from '../model/exchange.ts';
import type { HarEntry, HarHeader } from '../model/har.ts';
import type { Endpoint, Session } from '../model/session.ts';
import { parseEngineUrl } from '../protocol/engine-url.ts';
import { buildSession } from '../sessions/build.ts';
import { openBody, PAGE, SERVER, T0 } from './entries.ts';

export { PAGE, SERVER, T0 } from './entries.ts';

type Headers = Record<string, string | string[]>;

export interface ExchangeCase {
  method?: string;
  server?: string;
  path?: string;
  eio?: number;
  sid?: string | null;
  /** The page's origin: what `Origin` says on the wire. */
  page?: string;
  pageUrl?: string | null;
  /** 0: no response. */
  status?: number;
  request?: Headers;
  response?: Headers;
  requestBody?: string;
  /** Text of the response, or its state where it could not be read. */
  body?: string | Body['state'];
  cors?: Partial<CorsOutcome>;
  outcome?: ExchangeOutcome;
  error?: string | null;
  socketErrors?: string[];
  frames?: JudgedExchange['frames'];
  dialect?: JudgedExchange['dialect'];
  redirectUrl?: string;
  /** Milliseconds after `T0`. */
  at?: number;
  durationMs?: number | null;
  ended?: boolean;
  askedByUs?: boolean;
  source?: Partial<HarEntry>;
}

/** A GET or POST over polling: the handshake, unless it has a sid. */
export function poll(parts: ExchangeCase = {}): JudgedExchange {
  return exchange('polling', parts);
}

/** The browser's OPTIONS for the header `x-token`, unless `request` says otherwise. */
export function preflight(parts: ExchangeCase = {}): JudgedExchange {
  const asked = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-token' };
  return exchange('preflight', {
    method: 'OPTIONS',
    status: 204,
    body: 'hidden',
    ...parts,
    request: { ...asked, ...parts.request },
  });
}

/** A WebSocket: 101 unless it has error texts. */
export function webSocket(parts: ExchangeCase = {}): JudgedExchange {
  const failed = (parts.socketErrors?.length ?? 0) > 0;
  return exchange('websocket', {
    status: failed ? 0 : 101,
    outcome: failed ? 'failed' : 'answered',
    ended: failed,
    body: 'empty',
    cors: { verdict: 'not-applicable' },
    ...parts,
  });
}

/** The verdict of a refusal. */
export function refusal(
  error: CorsErrorName,
  rest: Partial<CorsOutcome> = {},
): Pick<ExchangeCase, 'cors' | 'outcome' | 'body'> {
  return {
    cors: { verdict: 'fail', error, ...rest },
    outcome: error.includes('reflight') ? 'answered' : 'blocked',
    body: 'hidden',
  };
}

/** A handshake that the page could read, and the two requests that follow it: POST `40`, and the GET with its answer. */
export function openedByPolling(sid = 'SID0000000000000AAAA', at = 0): JudgedExchange[] {
  const response = { 'Access-Control-Allow-Origin': PAGE, Vary: 'Origin' };
  return [
    poll({ at, response, body: openBody(sid) }),
    poll({ at: at + 10, sid, method: 'POST', requestBody: '40', response, body: 'ok' }),
    poll({ at: at + 12, sid, response, body: `40{"sid":"socket-${sid}"}` }),
  ];
}

/** An endpoint of these attempts, each given by its exchanges. */
export function endpoint(...attempts: JudgedExchange[][]): Endpoint {
  const first = attempts[0]?.[0];
  const {
    origin,
    path,
    endpoint: url,
  } = first?.target ?? { origin: SERVER, path: '/socket.io/', endpoint: `${SERVER}/socket.io/` };
  const ref = { key: url, url, origin, path, pageOrigin: first?.pageOrigin ?? PAGE };
  return {
    ...ref,
    sessions: attempts.map((exchanges) => session(exchanges, ref)),
    neighbours: [],
    beside: [],
    documents: [],
    arrivals: [],
    nowMs: LATER_MS,
  };
}

/** The capture's clock: an hour later. */
const LATER_MS = T0 + 3_600_000;

/** One attempt, as the session builder sees it an hour later. */
export function session(exchanges: JudgedExchange[], ref: Session['endpoint'] = endpoint(exchanges)): Session {
  const sid =
    exchanges.map((exchange) => exchange.target.sid ?? openSid(exchange)).find((value) => value !== null) ?? null;
  const sorted = [...exchanges].sort((a, b) => a.startedMs - b.startedMs);
  return buildSession(ref, { key: `session of ${sorted[0]?.key}`, sid, exchanges: sorted }, LATER_MS);
}

function openSid(exchange: JudgedExchange): string | null {
  const body = exchange.response?.body;
  return body?.state === 'text' ? (/"sid":"([^"]+)"/.exec(body.text)?.[1] ?? null) : null;
}

let counter = 0;

function exchange(kind: ExchangeKind, parts: ExchangeCase): JudgedExchange {
  counter += 1;
  const { status = 200, page = PAGE, at = 0, method = 'GET' } = parts;
  const url = urlOf(kind, parts);
  const target = parseEngineUrl(url);
  if (!target) throw new Error(`not an Engine.IO URL: ${url}`);
  const requestHeaders = headerList({
    ...(page !== target.origin && { Origin: page }),
    'Sec-Fetch-Mode': 'cors',
    ...parts.request,
  });
  return {
    key: `exchange ${counter}`,
    kind,
    method,
    url,
    target,
    dialect: parts.dialect ?? 'chromium',
    harIndex: null,
    askedByUs: parts.askedByUs ?? false,
    probe: null,
    startedMs: T0 + at,
    durationMs: parts.durationMs === undefined ? 5 : parts.durationMs,
    outcome: parts.outcome ?? (status > 0 ? 'answered' : 'failed'),
    error: parts.error ?? null,
    requestHeaders,
    requestBody: parts.requestBody === undefined ? { state: 'empty' } : { state: 'text', text: parts.requestBody },
    response:
      status > 0
        ? { status, statusText: '', headers: headerList(parts.response ?? {}), body: bodyOf(parts.body) }
        : null,
    frames: parts.frames ?? [],
    socketErrors: parts.socketErrors ?? [],
    ended: parts.ended ?? false,
    pageOrigin: page,
    pageUrl: parts.pageUrl === undefined ? `${page}/` : parts.pageUrl,
    callSite: null,
    sidUsed: false,
    redirectUrl: parts.redirectUrl ?? null,
    requestHeadersComplete: status > 0,
    source: {
      startedDateTime: '',
      request: { method, url, headers: requestHeaders },
      response: { status, headers: [] },
      ...parts.source,
    },
    cors: { verdict: 'pass', error: null, parameter: null, candidates: [], credentials: 'unknown', ...parts.cors },
  };
}

function urlOf(
  kind: ExchangeKind,
  { server = SERVER, path = '/socket.io/', eio = 4, sid = null }: ExchangeCase,
): string {
  const origin = kind === 'websocket' ? server.replace('http', 'ws') : server;
  const transport = kind === 'websocket' ? 'websocket' : 'polling';
  return `${origin}${path}?EIO=${eio}&transport=${transport}${transport === 'polling' ? `&t=t${counter}` : ''}${sid ? `&sid=${sid}` : ''}`;
}

const UNREAD = ['empty', 'hidden', 'not-captured'] as const;

function bodyOf(body: ExchangeCase['body'] = 'not-captured'): Body {
  const state = UNREAD.find((name) => name === body);
  return state ? { state } : { state: 'text', text: body };
}

function headerList(headers: Headers): HarHeader[] {
  return Object.entries(headers).flatMap(([name, value]) => [value].flat().map((line) => ({ name, value: line })));
}
