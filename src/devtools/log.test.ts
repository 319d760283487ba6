import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnnumberedRecord } from '../model/capture-log.ts';
import { entry, records } from '../testing/entries.ts';
import { createLog, type RecordLog, type Subject } from './log.ts';

function record(body: string | null = null): UnnumberedRecord {
  const [{ seq: _, ...rest }] = records([entry()]) as [ReturnType<typeof records>[number]];
  return { ...rest, body };
}

function subject(key: string, connection: string | null): Subject {
  return { key, connection, attempt: key };
}

function seqs(log: RecordLog): number[] {
  return [...log.after(0)].map((item) => item.record.seq);
}

function fill(log: RecordLog, ...subjects: [key: string, connection: string | null][]): void {
  for (const [key, connection] of subjects) log.append(record(), subject(key, connection));
}

describe('the log', () => {
  it('numbers its records from 1 and never gives a number twice', () => {
    const log = createLog();
    fill(log, ['a', null], ['b', null]);
    log.forget(() => true);
    fill(log, ['c', null]);
    expect(seqs(log)).toEqual([3]);
    expect(log.goneUntil(3)).toEqual([1, 2]);
    expect(log.goneUntil(1)).toEqual([1]);
  });

  it('evicts the least recently active connection as a whole', () => {
    const log = createLog({ records: 5, text: 1e9 });
    fill(log, ['a1', 'A'], ['b1', 'B'], ['b2', 'B'], ['a2', 'A'], ['c1', 'C'], ['c2', 'C']);
    expect(log.evict()).toEqual({ seqs: [2, 3], keys: ['b1', 'b2'] });
    expect(seqs(log)).toEqual([1, 4, 5, 6]);
    expect(log.dropped()).toEqual({ exchanges: 2, sessions: 1 });
  });

  it('counts a request that was logged twice once', () => {
    const log = createLog({ records: 2, text: 1e9 });
    fill(log, ['a', 'A'], ['a', 'A'], ['b', 'B']);
    log.evict();
    expect(log.dropped()).toEqual({ exchanges: 1, sessions: 1 });
  });

  it('counts a handshake to its connection once the answer names it', () => {
    const log = createLog({ records: 3, text: 1e9 });
    fill(log, ['handshake', null], ['other', 'B'], ['handshake', 'A'], ['poll', 'A']);
    expect(log.evict().seqs).toEqual([2]);
    // A later sighting that does not show the sid changes nothing.
    fill(log, ['handshake', null], ['c', 'C']);
    expect(log.evict().seqs).toEqual([1, 3, 4, 5]);
  });

  it('spares the beginning and the end of a connection that fills it by itself', () => {
    const log = createLog({ records: 30, text: 1e9 });
    for (let index = 0; index < 35; index++) log.append(record(), subject(`a${index}`, 'A'));
    expect(log.evict().seqs).toEqual([21, 22, 23, 24, 25]);
    expect(log.dropped()).toEqual({ exchanges: 5, sessions: 0 });
  });

  it('is bounded in text too', () => {
    const log = createLog({ records: 100, text: 10_000 });
    log.append(record('x'.repeat(6_000)), subject('a', 'A'));
    fill(log, ['b', 'B']);
    log.append(record('x'.repeat(4_000)), subject('c', 'C'));
    log.evict();
    expect(seqs(log)).toEqual([2, 3]);
  });

  it('neither counts nor evicts what is of no request', () => {
    const log = createLog({ records: 1, text: 1e9 });
    log.append({ kind: 'limit', code: 'x', text: 'X' }, null);
    log.append({ kind: 'tick', atMs: 1 }, null);
    fill(log, ['a', 'A'], ['b', 'B']);
    log.evict();
    expect(seqs(log)).toEqual([1, 2, 4]);
  });

  it('stays within its bounds, and accounts for every record, whatever comes', () => {
    const step = fc.record({
      key: fc.integer({ min: 0, max: 30 }),
      connection: fc.option(fc.integer({ min: 0, max: 4 })),
      size: fc.nat(3_000),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const log = createLog({ records: 12, text: 20_000 });
        const evicted: number[] = [];
        for (const { key, connection, size } of steps) {
          log.append(record('x'.repeat(size)), subject(`k${key}`, connection === null ? null : `c${connection}`));
          evicted.push(...log.evict().seqs);
          const kept = [...log.after(0)];
          expect(kept.length).toBeLessThanOrEqual(12);
          expect(kept.reduce((sum, item) => sum + item.weight, 0)).toBeLessThanOrEqual(20_000);
        }
        expect([...evicted].sort((a, b) => a - b)).toEqual(log.goneUntil(log.lastSeq()));
        expect(evicted.length + seqs(log).length).toBe(steps.length);
      }),
    );
  });
});
