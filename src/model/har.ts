/**
 * The raw input: HAR 1.2 entries as the browsers' DevTools really give them. Chromium adds the `_` fields; Firefox has
 * none of them. Every field beyond method and URL may be missing in a foreign file, so readers go through `capture/`.
 *
 * Source: HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) and Chromium's `HARLog`.
 */
export interface HarHeader {
  name: string;
  value: string;
}

/** One frame, or one error text, of a WebSocket entry in Chromium. `time` is in seconds since the epoch. */
export interface HarWebSocketMessage {
  type: 'send' | 'receive' | 'error';
  /** Seconds since the epoch; monotonic, not wall clock, in an entry whose request was never sent. */
  time: number;
  /** 1 text, 2 binary (then `data` is base64), -1 for an error text. */
  opcode: number;
  data: string;
  /** Our own: length of `data` before the recorder shortened it; absent when it is whole. */
  _length?: number;
}

export interface HarCallFrame {
  functionName?: string;
  url?: string;
  /** 0-based, as Chromium gives it. */
  lineNumber?: number;
  columnNumber?: number;
}

export interface HarStack {
  callFrames?: HarCallFrame[];
  parent?: HarStack;
}

export interface HarInitiator {
  type?: string;
  url?: string;
  lineNumber?: number;
  requestId?: string;
  stack?: HarStack;
}

export interface HarContent {
  size?: number;
  mimeType?: string;
  text?: string;
  encoding?: string;
}

export interface HarRequest {
  method: string;
  url: string;
  httpVersion?: string;
  headers: HarHeader[];
  cookies?: unknown[];
  queryString?: HarHeader[];
  headersSize?: number;
  bodySize?: number;
  postData?: { mimeType?: string; text?: string; [extra: string]: unknown };
}

export interface HarResponse {
  status: number;
  statusText?: string;
  httpVersion?: string;
  headers: HarHeader[];
  cookies?: unknown[];
  content?: HarContent;
  redirectURL?: string;
  headersSize?: number;
  bodySize?: number;
  _error?: string | null;
  _transferSize?: number;
  _fetchedViaServiceWorker?: boolean;
}

export interface OwnNotes {
  pageUrl: string | null;
  askedByUs: boolean;
  /** Of a probe: whether it asked in a client's place, which rules judge, or beside, to learn more of the server. */
  probe?: 'client' | 'beside';
  /** Of a probe, which knows what it sent: the credentials mode. */
  credentials?: 'include' | 'omit';
  /** Of a program that is no browser. */
  dialect?: 'other';
}

export interface HarEntry {
  startedDateTime: string;
  /** Milliseconds. */
  time?: number;
  request: HarRequest;
  response: HarResponse;
  cache?: unknown;
  timings?: Record<string, number | string | undefined>;
  pageref?: string;
  serverIPAddress?: string;
  connection?: string;
  _initiator?: HarInitiator;
  _priority?: string | null;
  _resourceType?: string;
  _connectionId?: string;
  _securityState?: string;
  _webSocketMessages?: HarWebSocketMessage[];
  /** Our own: Chromium has told of the WebSocket's end, which the entry itself hardly shows when it comes right after a frame. */
  _ended?: true;
  /** Our own: the page says that it went on to use the sid that this answer gave out, though no request that did was recorded. */
  _sidUsed?: true;
  /** Written by this product into a report's HAR: what it knew beside the entry. */
  _doctor?: OwnNotes;
}

export interface HarPage {
  id?: string;
  /** Chromium writes the page's URL here. */
  title?: string;
  startedDateTime?: string;
  pageTimings?: object;
}
