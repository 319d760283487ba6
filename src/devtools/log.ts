/**
 * The recorder's log: numbered, bounded, and the source of truth while DevTools is open. A bound evicts whole connections, the
 * least recently active first; one that fills the log by itself loses its middle.
 */
import type { EntryRecord, LogRecord, UnnumberedRecord } from '../model/capture-log.ts';
import { weigh } from './size.ts';

export interface LogBounds {
  /** Entry records. */
  records: number;
  /** UTF-16 units. */
  text: number;
}

export const DEFAULT_BOUNDS: LogBounds = { records: 2_000, text: 32 * 1024 * 1024 };

/** Of a connection that fills the log by itself, its beginning stays: the handshake is there. */
const KEPT_BEGINNING = 20;

/** What an entry record is of; ticks and limits are of nothing. */
export interface Subject {
  /** Identity of the request. */
  key: string;
  /** Names its connection; null when this sighting does not show it. */
  connection: string | null;
  /** Stands in for the connection as long as nothing names it. */
  attempt: string;
}

export interface Dropped {
  exchanges: number;
  sessions: number;
}

interface Slot {
  record: LogRecord;
  subject: Subject | null;
  weight: number;
}

export interface RecordLog {
  /** Number of the last record ever written; 0 when there was none. */
  lastSeq(): number;
  /** What the bounds evicted in all. */
  dropped(): Dropped;
  /** Writes a record; its number. */
  append(record: UnnumberedRecord, subject: Subject | null): number;
  /** Forgets the records that `test` names; their numbers. */
  forget(test: (record: LogRecord, subject: Subject | null) => boolean): number[];
  /** Starts counting anew what the bounds evict. */
  resetDropped(): void;
  /** Brings the log back within its bounds; what had to go. */
  evict(): { seqs: number[]; keys: string[] };
  /** Records with a number above `seq`, in order, with what each weighs. */
  after(seq: number): Iterable<{ record: LogRecord; weight: number }>;
  /** The numbers up to `seq` that were given out and are gone. */
  goneUntil(seq: number): number[];
  has(test: (record: LogRecord) => boolean): boolean;
}

/** An empty log. */
export function createLog(bounds: LogBounds = DEFAULT_BOUNDS): RecordLog {
  const slots = new Map<number, Slot>();
  /** Numbers by connection; the least recently active connection comes first. */
  const connections = new Map<string, Set<number>>();
  const connectionOfKey = new Map<string, string>();
  const recordsOfKey = new Map<string, number>();
  let last = 0;
  let entries = 0;
  let weight = 0;
  let dropped: Dropped = { exchanges: 0, sessions: 0 };

  function count(seq: number, slot: Slot): void {
    slots.set(seq, slot);
    weight += slot.weight;
    if (!slot.subject) return;
    entries++;
    const { key, connection, attempt } = slot.subject;
    recordsOfKey.set(key, (recordsOfKey.get(key) ?? 0) + 1);
    const name = connection ?? connectionOfKey.get(key) ?? attempt;
    connections.set(name, join(key, name).add(seq));
  }

  /** A handshake is of its own connection until its answer names the sid: then its earlier records move along. */
  function join(key: string, connection: string): Set<number> {
    const before = connectionOfKey.get(key);
    const seqs = connections.get(connection) ?? new Set<number>();
    connections.delete(connection);
    connectionOfKey.set(key, connection);
    if (before === undefined || before === connection) return seqs;
    const left = connections.get(before) ?? new Set<number>();
    for (const seq of [...left].filter((other) => slots.get(other)?.subject?.key === key)) {
      left.delete(seq);
      seqs.add(seq);
    }
    if (left.size === 0) connections.delete(before);
    return seqs;
  }

  function remove(seq: number): void {
    const slot = slots.get(seq);
    if (!slot) return;
    slots.delete(seq);
    weight -= slot.weight;
    if (!slot.subject) return;
    entries--;
    const { key } = slot.subject;
    const name = connectionOfKey.get(key) ?? '';
    const seqs = connections.get(name);
    seqs?.delete(seq);
    if (seqs?.size === 0) connections.delete(name);
    const left = (recordsOfKey.get(key) ?? 1) - 1;
    recordsOfKey.set(key, left);
    if (left > 0) return;
    recordsOfKey.delete(key);
    connectionOfKey.delete(key);
  }

  function exceed(part: number, records: number, text: number): boolean {
    return records > bounds.records * part || text > bounds.text * part;
  }

  /** Numbers to evict next: what can be spared of a connection that fills half the log, else a whole connection. */
  function victims(): number[] {
    const fullest = [...connections.values()].find((seqs) => exceed(0.5, seqs.size, weightOf(seqs)));
    const spare = [...(fullest ?? [])].sort((a, b) => a - b).at(KEPT_BEGINNING);
    if (spare !== undefined) return [spare];
    const [oldest = []] = connections.values();
    return [...oldest];
  }

  function weightOf(seqs: Iterable<number>): number {
    let sum = 0;
    for (const seq of seqs) sum += slots.get(seq)?.weight ?? 0;
    return sum;
  }

  function removeAll(seqs: number[]): number[] {
    for (const seq of seqs) remove(seq);
    return seqs;
  }

  return {
    lastSeq: () => last,
    dropped: () => dropped,
    append(record, subject) {
      const seq = ++last;
      count(seq, { record: { ...record, seq }, subject, weight: weightOfRecord(record) });
      return seq;
    },
    forget: (test) => removeAll([...slots].filter(([, slot]) => test(slot.record, slot.subject)).map(([seq]) => seq)),
    resetDropped() {
      dropped = { exchanges: 0, sessions: 0 };
    },
    evict() {
      const gone: { seqs: number[]; keys: string[] } = { seqs: [], keys: [] };
      while (connections.size > 0 && exceed(1, entries, weight)) {
        const seqs = victims();
        const keys = new Set(seqs.flatMap((seq) => slots.get(seq)?.subject?.key ?? []));
        const sessionsBefore = connections.size;
        gone.seqs.push(...removeAll(seqs));
        const goneKeys = [...keys].filter((key) => !recordsOfKey.has(key));
        gone.keys.push(...goneKeys);
        dropped = {
          exchanges: dropped.exchanges + goneKeys.length,
          sessions: dropped.sessions + sessionsBefore - connections.size,
        };
      }
      return gone;
    },
    *after(seq) {
      for (const [number, { record, weight: own }] of slots) {
        if (number > seq) yield { record, weight: own };
      }
    },
    goneUntil(seq) {
      return Array.from({ length: Math.min(seq, last) }, (_, index) => index + 1).filter(
        (number) => !slots.has(number),
      );
    },
    has: (test) => [...slots.values()].some((slot) => test(slot.record)),
  };
}

function weightOfRecord(record: UnnumberedRecord | EntryRecord): number {
  return record.kind === 'entry' ? weigh(record.entry, record.body) : 100;
}
