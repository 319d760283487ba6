import type { CorsOutcome } from '../cors/outcome.ts';
import type { EngineUrl } from '../protocol/engine-url.ts';
import type { HarEntry, HarHeader } from './har.ts';

export type ExchangeKind = 'preflight' | 'polling' | 'websocket' | 'webtransport' | 'other';

/** Which browser's habits the entry follows: decides what a missing mark means. `other`: a proxy's HAR or a probe. */
export type Dialect = 'chromium' | 'firefox' | 'other';

/**
 * A body is one of four facts that must not be mixed up: `text` was read; `empty` came and is empty; `hidden` came but the
 * browser withholds it (CORS, preflight); `not-captured` may exist, but DevTools was opened late or the HAR left it out.
 */
export type Body =
  | { state: 'text'; text: string }
  | { state: 'binary'; base64: string }
  | { state: 'empty' }
  | { state: 'hidden' }
  | { state: 'not-captured' };

export interface Frame {
  direction: 'send' | 'receive';
  atMs: number;
  /** Text of a text frame; base64 of a binary one. */
  data: string;
  binary: boolean;
  /** Length of the whole `data`, where the recorder cut it. */
  length?: number;
}

/** Where the page opened the connection. 1-based line and column. */
export interface CallSite {
  function: string;
  url: string;
  line: number;
  column: number;
}

export interface ExchangeResponse {
  status: number;
  statusText: string;
  headers: HarHeader[];
  body: Body;
}

/**
 * How the exchange ended, as the browser marks it.
 * - `pending`: no answer yet.
 * - `answered`: a response arrived and nothing says that the page was refused it.
 * - `blocked`: a response arrived and the browser withheld it from the page (Chromium `net::ERR_FAILED` with a status).
 * - `failed`: no response; `error` has the browser's word for it (`''` when the browser itself refused to send: CSP, mixed content).
 */
export type ExchangeOutcome = 'pending' | 'answered' | 'blocked' | 'failed';

/** One request on the wire (each redirect hop is one, and so is each preflight), whatever it was captured with. */
export interface Exchange {
  /** Stable identity: does not depend on the order in which entries arrived. */
  key: string;
  kind: ExchangeKind;
  method: string;
  /** As captured. */
  url: string;
  target: EngineUrl;
  dialect: Dialect;
  /** Index in the imported HAR, else null. */
  harIndex: number | null;
  askedByUs: boolean;
  /** Asked by `probe`: in a client's place, which rules judge, or beside, to learn more of the server. Null for all others. */
  probe: 'client' | 'beside' | null;
  startedMs: number;
  /** Null while pending. */
  durationMs: number | null;
  outcome: ExchangeOutcome;
  /** `net::ERR_...` of Chromium; null when the browser gives no text. */
  error: string | null;
  requestHeaders: HarHeader[];
  requestBody: Body;
  /** Null when no response arrived (status 0). */
  response: ExchangeResponse | null;
  /** WebSocket frames in order; empty where the browser shows none (Firefox). */
  frames: Frame[];
  /** Error texts of the WebSocket entry, in order. `''` when another extension blanked it. */
  socketErrors: string[];
  /** WebSocket: whether it is known to have ended. */
  ended: boolean;
  /** Whether the page says that it used the sid which this answer gave out; false where it was not asked. */
  sidUsed: boolean;
  /** Where the page that sent it lives; null when it cannot be told. `'null'` for an opaque origin. */
  pageOrigin: string | null;
  pageUrl: string | null;
  callSite: CallSite | null;
  /** Target of a 3xx answer, absolute; null otherwise. */
  redirectUrl: string | null;
  /** Whether the request headers are what was really sent (false: provisional, some are not shown). */
  requestHeadersComplete: boolean;
  /** The entry it was made of, for the report's HAR. */
  source: HarEntry;
}

/** An exchange with its CORS verdict, decided once its preflight and its session are known. */
export interface JudgedExchange extends Exchange {
  cors: CorsOutcome;
}
