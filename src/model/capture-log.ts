import type { HarEntry } from './har.ts';

/**
 * What a recorder writes down, numbered. The log is the only input of the engine: replaying it, in any order and with any
 * record repeated, gives the same diagnosis.
 */
export interface EntryRecord {
  kind: 'entry';
  seq: number;
  entry: HarEntry;
  /** The response body as `getContent` gave it; null when it was not to be had (which is not the same as empty). */
  body: string | null;
  bodyEncoding: 'base64' | null;
  /** WebSocket frames arrive as deltas: `entry._webSocketMessages[0]` is frame number `firstFrame` of the connection. */
  firstFrame: number;
  /** URL of the inspected page's top document when the entry was seen; null when unknown. */
  pageUrl: string | null;
  /** Index of the entry in an imported HAR; null when live. */
  harIndex: number | null;
  /** When the recorder first saw the entry (ms since the epoch); null in a file. Stands in for a start time that the browser got wrong. */
  seenMs: number | null;
  /** True for requests that the panel itself asked the page to send (*Ask again*). */
  askedByUs: boolean;
}

/** The recorder's clock, logged because time is an input: a rule that waits asks for a deadline and gets a tick. */
export interface TickRecord {
  kind: 'tick';
  seq: number;
  atMs: number;
}

/** Something the recorder could not see, or knows of the circumstances of the capture; becomes one of the report's `limits`. */
export interface LimitRecord {
  kind: 'limit';
  seq: number;
  code: string;
  text: string;
}

export type LogRecord = EntryRecord | TickRecord | LimitRecord;

/** `Omit` that keeps the members of a union apart. */
type WithoutSeq<T> = T extends unknown ? Omit<T, 'seq'> : never;
export type UnnumberedRecord = WithoutSeq<LogRecord>;
