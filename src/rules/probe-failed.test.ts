import { describe, expect, it } from 'vitest';
import type { Frame } from '../model/exchange.ts';
import { endpoint, openedByPolling, poll, T0, webSocket } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { probeFailed } from './probe-failed.ts';

const SID = 'SID0000000000000AAAA';
const frame = (direction: Frame['direction'], data: string, at: number): Frame => ({
  direction,
  data,
  atMs: T0 + at,
  binary: false,
});
const probed = (parts: Parameters<typeof webSocket>[0] = {}, ...more: Frame[]) =>
  webSocket({ sid: SID, at: 20, frames: [frame('send', '2probe', 25), ...more], ...parts });
const held = (durationMs: number) => poll({ sid: SID, at: 30, durationMs, body: '42["news"]' });

describe('probe-failed', () => {
  it('warns when the WebSocket ends unanswered and polling goes on', () => {
    const hit = onlyHit(
      probeFailed,
      endpoint([...openedByPolling(SID), probed({ ended: true, durationMs: 10_010 }), held(12_000)]),
    );
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'likely' });
    expect(hit.evidence[0]).toMatchObject({ expected: '3probe', actual: null });
    expect(hit.evidence[1]?.actual).toBe('10 s');
  });

  it('warns when it stays open, and silent', () => {
    expect(hitsOf(probeFailed, endpoint([...openedByPolling(SID), probed(), held(15_000)]))).toHaveLength(1);
  });

  it.each([
    ['an answered probe', [probed({}, frame('receive', '3probe', 30))]],
    ['a WebSocket that the page left with the connection', [probed({ ended: true, durationMs: 50 })]],
    ['Firefox, which shows no frames', [webSocket({ sid: SID, at: 20, dialect: 'firefox' }), held(15_000)]],
    ['a client that starts with WebSocket', [webSocket({ at: 20, frames: [] })]],
  ])('is silent on %s', (_, exchanges) => {
    expect(hitsOf(probeFailed, endpoint([...openedByPolling(SID), ...exchanges]))).toEqual([]);
  });

  it('gives the probe its time', () => {
    const young = { ...endpoint([...openedByPolling(SID), probed()]), nowMs: T0 + 5000 };
    expect(hitsOf(probeFailed, young)).toEqual([]);
  });
});
