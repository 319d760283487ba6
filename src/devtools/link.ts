/**
 * The recorder's end of the line to the worker: says hello on every connection, sends what the worker has not got yet, in
 * chunks, and then each new record. A worker that was ended is started again at once by the next connection.
 */

import { type RecorderToWorker, type WorkerToRecorder, workerToRecorder } from '../messaging/contract.ts';
import { type RawPort, type TypedPort, typedPort } from '../messaging/port.ts';
import type { LogRecord } from '../model/capture-log.ts';
import type { RecordLog } from './log.ts';

export const CHUNK_RECORDS = 200;
/** UTF-16 units. Far below the 64 MiB that Chromium lets a message have. */
export const CHUNK_TEXT = 4 * 1024 * 1024;
/** New records wait this long for company. */
export const FLUSH_MS = 50;
/** A worker that lived at least this long did not die of what it was sent. */
const HEALTHY_LIFE_MS = 1_000;
/** The first new connection is made at once; a worker that dies right away is given time. */
const RETRY_DELAYS_MS = [0, 50, 100, 200, 400, 800, 2_000];

export type Command = Exclude<WorkerToRecorder, { type: 'resume' }>;
type Hello = Extract<RecorderToWorker, { type: 'hello' }>;

export interface LinkOptions {
  /** Throws when the extension was unloaded: then nobody is left to send to. */
  connect(): RawPort;
  log: RecordLog;
  hello(): Hello;
  onCommand(command: Command): void;
}

export interface Link {
  /** The log has grown. */
  wake(): void;
  /** The log has forgotten these. */
  forgot(seqs: number[]): void;
  /** Answers `look`, behind all that the log holds by now. */
  looked(requestId: number): void;
  /** Something else to say; a worker that is not there yet learns it from the hello. */
  say(message: Extract<RecorderToWorker, { type: 'settings' | 'page' }>): void;
  close(): void;
}

type Port = TypedPort<WorkerToRecorder, RecorderToWorker>;

/** Connects, and stays connected until closed. */
export function createLink({ connect, log, hello, onCommand }: LinkOptions): Link {
  let port: Port | null = null;
  /** Number of the last record sent; null until the worker has said where to start. */
  let sent: number | null = null;
  let replaying = false;
  let failures = 0;
  let openedMs = 0;
  let closed = false;
  let flushTimer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    if (closed) return;
    let opened: Port;
    try {
      opened = typedPort(connect(), workerToRecorder);
    } catch {
      return retry();
    }
    port = opened;
    openedMs = Date.now();
    opened.onMessage((message) => port === opened && receive(message));
    opened.onDisconnect(() => port === opened && lose());
    post(hello());
  }

  function lose(): void {
    port = null;
    sent = null;
    if (Date.now() - openedMs > HEALTHY_LIFE_MS) failures = 0;
    clearTimeout(flushTimer);
    flushTimer = undefined;
    retry();
  }

  function retry(): void {
    if (closed) return;
    setTimeout(open, RETRY_DELAYS_MS[Math.min(failures, RETRY_DELAYS_MS.length - 1)]);
    failures++;
  }

  function post(message: RecorderToWorker): void {
    try {
      port?.send(message);
    } catch (error) {
      // Mostly the worker has just gone, and the port is about to say so.
      console.warn(error);
    }
  }

  function receive(message: WorkerToRecorder): void {
    if (message.type !== 'resume') return onCommand(message);
    sent = message.lastSeq;
    replaying = true;
    post({ type: 'forget', seqs: log.goneUntil(message.lastSeq), dropped: log.dropped() });
    pump();
  }

  /** Sends the next chunk; the one after it waits for its turn, so that a long replay does not block DevTools. */
  function pump(): void {
    flushTimer = undefined;
    if (sent === null) return;
    const records = nextChunk(log, sent);
    const lastSent = records.at(-1)?.seq ?? sent;
    const done = lastSent >= log.lastSeq() || nextChunk(log, lastSent).length === 0;
    if (records.length > 0 || replaying) post({ type: 'records', records, done });
    sent = lastSent;
    if (done) replaying = false;
    else flushTimer = setTimeout(pump, 0);
  }

  open();
  return {
    wake() {
      if (sent !== null) flushTimer ??= setTimeout(pump, FLUSH_MS);
    },
    forgot(seqs) {
      if (sent === null) return;
      const known = seqs.filter((seq) => seq <= (sent ?? 0));
      post({ type: 'forget', seqs: known, dropped: log.dropped() });
    },
    looked(requestId) {
      if (sent === null) return;
      clearTimeout(flushTimer);
      do pump();
      while (flushTimer !== undefined);
      post({ type: 'looked', requestId });
    },
    say: post,
    close() {
      closed = true;
      clearTimeout(flushTimer);
      port?.disconnect();
    },
  };
}

function nextChunk(log: RecordLog, after: number): LogRecord[] {
  const records: LogRecord[] = [];
  let text = 0;
  for (const { record, weight } of log.after(after)) {
    text += weight;
    if (records.length > 0 && (records.length >= CHUNK_RECORDS || text > CHUNK_TEXT)) break;
    records.push(record);
  }
  return records;
}
