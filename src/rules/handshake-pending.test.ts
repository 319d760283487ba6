import { describe, expect, it } from 'vitest';
import { runRules } from '../diagnose/run-rules.ts';
import type { Frame } from '../model/exchange.ts';
import { endpoint, openedByPolling, poll, preflight, T0, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { handshakePending } from './handshake-pending.ts';
import { pingTimeout } from './ping-timeout.ts';

const PENDING = { status: 0, outcome: 'pending', durationMs: null } as const;
const at = (nowMs: number, ...attempts: Parameters<typeof endpoint>) => ({
  ...endpoint(...attempts),
  nowMs: T0 + nowMs,
});

describe('handshake-pending', () => {
  it.each([
    ['polling', poll(PENDING)],
    ['WebSocket', webSocket(PENDING)],
    ['a preflight', preflight(PENDING)],
    ['Firefox', poll({ ...PENDING, dialect: 'firefox' })],
  ])('speaks after 5 s: %s', (_, exchange) => {
    expect(hitsOf(handshakePending, at(4999, [exchange]))).toEqual([]);
    const hit = onlyHit(handshakePending, at(5000, [exchange]));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'likely' });
    expect(hit.evidence[0]?.actual).toBe('5 s');
  });

  it('goes on to speak when the client tries again', () => {
    const both = at(22_000, [poll(PENDING)], [poll({ ...PENDING, at: 21_000 })]);
    expect(onlyHit(handshakePending, both).exchanges).toHaveLength(1);
  });

  it.each([
    ['a page that was left, and asks again', at(60_000, [poll(PENDING)], openedByPolling('SID0000000000000BBBB', 900))],
    [
      'a handshake that waits in the browser, behind six polls',
      at(60_000, [poll(PENDING), ...Array.from({ length: 6 }, () => poll({ ...PENDING, sid: 'SID' }))]),
    ],
    ['a late answer', at(60_000, [poll({ body: openBody('SID'), durationMs: 8000 })])],
    ['a poll that is held', at(60_000, [...openedByPolling('SID'), poll({ ...PENDING, sid: 'SID', at: 30 })])],
  ])('is silent on %s', (_, seen) => {
    expect(hitsOf(handshakePending, seen)).toEqual([]);
  });

  it('is a consequence of a server that fell silent before', () => {
    const sid = 'SID0000000000000AAAA';
    const pong: Frame = { direction: 'receive', data: '2', atMs: T0 + 25_000, binary: false };
    const socket = webSocket({ sid, at: 20, frames: [{ ...pong, data: '3probe', atMs: T0 + 25 }, pong] });
    const next = poll({ ...PENDING, at: 25_000 + 45_000 + 900 });
    const { findings } = runRules(at(90_000, [...openedByPolling(sid), socket], [next]), [
      handshakePending,
      pingTimeout,
    ]);
    expect(findings.map(({ rule, severity, causedBy }) => [rule.id, severity, causedBy !== null])).toEqual([
      ['ping-timeout', 'warning', false],
      ['handshake-pending', 'info', true],
    ]);
  });
});
