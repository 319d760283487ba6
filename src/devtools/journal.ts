/** Writes what was seen of each request into the log: only what is new, within bounds, under the right document. */

import { identityOf } from '../capture/identity.ts';
import { bareNeighbour } from '../capture/neighbours.ts';
import type { EntryRecord, LogRecord } from '../model/capture-log.ts';
import type { HarEntry } from '../model/har.ts';
import type { DocumentInfo, Documents } from './documents.ts';
import { attemptOf, connectionOf } from './identity.ts';
import { LIMITS, type LimitCode } from './limits.ts';
import { createLog, type LogBounds, type RecordLog, type Subject } from './log.ts';
import type { Body } from './network.ts';
import { createSightings, type News, type Sightings } from './sightings.ts';
import { fitBody, fitFrame, fitRequest, fitStack, splitFrames } from './size.ts';

export interface JournalOptions {
  documents: Documents;
  bounds?: LogBounds | undefined;
  /** Whether requests of earlier documents are kept. */
  keepsAll(): boolean;
  onGrown(): void;
  onForgotten(seqs: number[]): void;
}

export interface Journal {
  log: RecordLog;
  sightings: Sightings;
  /** Writes what this sighting of a request adds. `seenMs`: when it was made, ms since the epoch. */
  write(entry: HarEntry, body: Body, seenMs: number): void;
  /** Writes the page's own document. */
  writeDocument(entry: HarEntry, text: string | null): void;
  /** Writes an answer of a Socket.IO server beside Engine.IO: without its content, and one of a kind. */
  writeNeighbour(entry: HarEntry): void;
  limit(code: LimitCode): void;
  /** Writes that time has passed. */
  tick(nowMs: number): void;
  /** Forgets what belongs to earlier documents. */
  leaveBehind(): void;
  /** What was written before its document was known to be there has the URL of the one before: writes it again. */
  correctPageUrls(): void;
  /** Forgets all but the page's own document. */
  clear(): void;
}

/** A page may fetch for hours; what counts is that such answers exist. */
const MAX_NEIGHBOURS = 200;

const BLANK = { kind: 'entry', harIndex: null, askedByUs: false } as const;

/** An empty journal. */
export function createJournal({ documents, bounds, keepsAll, onGrown, onForgotten }: JournalOptions): Journal {
  const log = createLog(bounds);
  const sightings = createSightings();
  /** What stands for the other answers of a server, by the record's number. */
  const neighbourKinds = new Map<number, string>();

  function forget(test: Parameters<RecordLog['forget']>[0]): void {
    const seqs = log.forget(test);
    for (const seq of seqs) neighbourKinds.delete(seq);
    if (seqs.length > 0) onForgotten(seqs);
  }

  function evict(): void {
    const gone = log.evict();
    for (const key of gone.keys) sightings.dismiss(key);
    if (gone.seqs.length > 0) onForgotten(gone.seqs);
  }

  function limit(code: LimitCode): void {
    if (log.has((record) => record.kind === 'limit' && record.code === code)) return;
    log.append({ kind: 'limit', code, text: LIMITS[code] }, null);
    onGrown();
  }

  function isLeftBehind(document: DocumentInfo | null): boolean {
    return !keepsAll() && documents.current() !== null && document !== documents.current();
  }

  /** An entry with many frames goes into several records. */
  function partsOf({ entry, firstFrame }: News): News[] {
    const messages = entry._webSocketMessages;
    if (!messages || messages.length === 0) return [{ entry, firstFrame }];
    const fitted = messages.map(fitFrame);
    if (fitted.some((frame) => frame.cut)) limit('frame-too-large');
    let next = firstFrame;
    return splitFrames(fitted.map((frame) => frame.value)).map((part) => {
      next += part.length;
      return { entry: { ...entry, _webSocketMessages: part }, firstFrame: next - part.length };
    });
  }

  return {
    log,
    sightings,
    limit,
    write(entry, body, seenMs) {
      const key = identityOf(entry);
      if (!key) return;
      const document = documents.documentOf(entry);
      if (isLeftBehind(document)) return sightings.dismiss(key, entry);
      const fitted = fitBody(body.text);
      const news = sightings.see(key, entry, fitted.value !== null);
      if (!news) return;
      const request = fitRequest(fitStack(news.entry));
      if (fitted.cut || request.cut) limit('body-too-large');
      const common = {
        ...BLANK,
        body: fitted.value,
        bodyEncoding: body.encoding,
        pageUrl: document?.url ?? null,
        seenMs,
      };
      const subject = subjectOf(key, entry, body.text);
      for (const part of partsOf({ ...news, entry: request.value })) log.append({ ...common, ...part }, subject);
      evict();
      onGrown();
    },
    writeDocument(entry, text) {
      if (!sightings.see(identityOf(entry) ?? '', entry, text !== null)) return;
      const pageUrl = documents.current()?.url ?? null;
      log.append({ ...BLANK, entry, firstFrame: 0, body: text, bodyEncoding: null, pageUrl, seenMs: Date.now() }, null);
      onGrown();
    },
    writeNeighbour(entry) {
      const document = documents.documentOf(entry);
      if (isLeftBehind(document)) return;
      const kind = `${entry.request.url.split(/[?#]/)[0]} ${entry.response.status}`;
      const isKnown = (record: LogRecord) => record.kind === 'entry' && neighbourKinds.get(record.seq) === kind;
      if (log.has(isKnown) || neighbourKinds.size >= MAX_NEIGHBOURS) return;
      const bare = bareNeighbour(entry);
      const pageUrl = document?.url ?? null;
      const record = { ...BLANK, entry: bare, firstFrame: 0, body: null, bodyEncoding: null, pageUrl, seenMs: null };
      neighbourKinds.set(log.append(record, null), kind);
      onGrown();
    },
    tick(nowMs) {
      forget((record) => record.kind === 'tick');
      log.append({ kind: 'tick', atMs: nowMs }, null);
      onGrown();
    },
    leaveBehind() {
      forget((record) => record.kind !== 'entry' || isLeftBehind(documents.documentOf(record.entry)));
    },
    correctPageUrls() {
      const current = documents.current();
      const wrong: { record: EntryRecord; subject: Subject | null }[] = [];
      forget((record, subject) => {
        if (
          record.kind !== 'entry' ||
          record.pageUrl === current?.url ||
          documents.documentOf(record.entry) !== current
        )
          return false;
        wrong.push({ record, subject });
        return true;
      });
      for (const { record, subject } of wrong) log.append({ ...record, pageUrl: current?.url ?? null }, subject);
      if (wrong.length > 0) onGrown();
    },
    clear() {
      sightings.dismissAll();
      log.resetDropped();
      onForgotten(log.forget((record, subject) => record.kind !== 'entry' || subject !== null));
    },
  };
}

function subjectOf(key: string, entry: HarEntry, body: string | null): Subject {
  return { key, connection: connectionOf(entry, body), attempt: attemptOf(entry) };
}
