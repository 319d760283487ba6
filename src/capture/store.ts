/**
 * Adds up the records of one request, whatever their order and however often each arrives. A request is known by method,
 * URL and start; a WebSocket by its key, since its URL is the same for every attempt.
 */
import type { EntryRecord } from '../model/capture-log.ts';
import type { Exchange } from '../model/exchange.ts';
import type { HarEntry, HarWebSocketMessage } from '../model/har.ts';
import { looksLikeEngineIo } from '../protocol/engine-url.ts';
import { exchangeFromRecord, type MergedRecord } from './entry.ts';
import { identityOf } from './identity.ts';

export interface ExchangeStore {
  /** Takes a record; false when it was known already or is not Engine.IO traffic. */
  add(record: EntryRecord): boolean;
  /** Drops the records of these numbers, and the exchanges that were made of nothing else. */
  forget(seqs: Iterable<number>): void;
  /** The exchanges that changed since the last call (null: gone), by key. */
  takeChanges(): Map<string, Exchange | null>;
}

/** A store with nothing in it. */
export function createExchangeStore(): ExchangeStore {
  const groups = new Map<string, Map<number, EntryRecord>>();
  const groupOfSeq = new Map<number, string>();
  const known = new Map<string, Set<string>>();
  const touched = new Set<string>();

  return {
    add(record) {
      if (!looksLikeEngineIo(record.entry.request.url) || groupOfSeq.has(record.seq)) return false;
      const key = identityOf(record.entry) ?? `socket ${record.entry.request.url} ${record.entry.startedDateTime}`;
      const group = groups.get(key) ?? new Map<number, EntryRecord>();
      groups.set(key, group.set(record.seq, record));
      groupOfSeq.set(record.seq, key);
      touched.add(key);
      return true;
    },
    forget(seqs) {
      for (const seq of seqs) {
        const key = groupOfSeq.get(seq);
        if (key === undefined) continue;
        groupOfSeq.delete(seq);
        groups.get(key)?.delete(seq);
        touched.add(key);
      }
    },
    takeChanges() {
      const changes = new Map<string, Exchange | null>();
      for (const key of touched) {
        const records = [...(groups.get(key)?.values() ?? [])];
        if (records.length === 0) groups.delete(key);
        const before = known.get(key) ?? new Set();
        for (const gone of before) changes.set(gone, null);
        const exchanges = mergeGroup(key, records)
          .map(exchangeFromRecord)
          .filter((exchange) => exchange !== null);
        for (const exchange of exchanges) changes.set(exchange.key, exchange);
        known.set(key, new Set(exchanges.map((exchange) => exchange.key)));
      }
      touched.clear();
      return changes;
    },
  };
}

/**
 * Records of one identity are one request in several stages, except where a client leaves out the `t` that makes polling URLs
 * unique: then two requests of the same millisecond are told apart by how they ended.
 */
function mergeGroup(key: string, records: EntryRecord[]): MergedRecord[] {
  const first = records[0];
  if (!first) return [];
  if (key.startsWith('socket ') || /[?&]t=/.test(first.entry.request.url)) return [merge(key, records)];
  const finished = groupBy(records.filter(isFinished), endingOf);
  if (finished.size <= 1) return [merge(key, records)];
  return [...finished.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group], index) => merge(`${key} #${index}`, group));
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function isFinished({ entry }: EntryRecord): boolean {
  return entry.response.status > 0 || typeof entry.response._error === 'string';
}

function endingOf({ entry }: EntryRecord): string {
  return `${entry.response.status} ${entry.response._error} ${entry.time}`;
}

/** The most finished record gives the entry; any record may give the body; frames are joined by their number. */
function merge(key: string, records: EntryRecord[]): MergedRecord {
  const ranked = [...records].sort(compareCompleteness);
  const best = ranked[0] as EntryRecord;
  const withBody = ranked.find((record) => record.body !== null && record.body !== '') ?? best;
  return {
    key,
    entry: withMarks(best.entry, records),
    body: withBody.body,
    bodyEncoding: withBody.bodyEncoding,
    messages: joinFrames(records),
    pageUrl: ranked.find((record) => record.pageUrl !== null)?.pageUrl ?? null,
    harIndex: lowest(records.map((record) => record.harIndex)),
    seenMs: lowest(records.map((record) => record.seenMs)),
    askedByUs: records.some((record) => record.askedByUs),
  };
}

/** What one record knows beside the entry holds for the request. */
function withMarks(entry: HarEntry, records: readonly EntryRecord[]): HarEntry {
  const marks = Object.assign(
    {},
    ...records.map(({ entry: { _ended, _sidUsed } }) => ({ ...(_ended && { _ended }), ...(_sidUsed && { _sidUsed }) })),
  );
  return { ...entry, ...marks };
}

function compareCompleteness(a: EntryRecord, b: EntryRecord): number {
  return (
    Number(isFinished(b)) - Number(isFinished(a)) ||
    // A blocked request may be seen to fail before its answer is seen.
    Number(b.entry.response.status > 0) - Number(a.entry.response.status > 0) ||
    (b.entry.time ?? 0) - (a.entry.time ?? 0) ||
    (b.body?.length ?? -1) - (a.body?.length ?? -1) ||
    a.seq - b.seq
  );
}

function lowest(numbers: (number | null)[]): number | null {
  const present = numbers.filter((number) => number !== null);
  return present.length === 0 ? null : Math.min(...present);
}

function joinFrames(records: EntryRecord[]): HarWebSocketMessage[] {
  const byNumber = new Map<number, HarWebSocketMessage>();
  for (const { entry, firstFrame } of records) {
    for (const [offset, message] of (entry._webSocketMessages ?? []).entries())
      byNumber.set(firstFrame + offset, message);
  }
  return [...byNumber.entries()].sort(([a], [b]) => a - b).map(([, message]) => message);
}
