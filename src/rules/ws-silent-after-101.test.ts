import { describe, expect, it } from 'vitest';
import type { JudgedExchange } from '../model/exchange.ts';
import { endpoint, openedByPolling, webSocket } from '../testing/endpoint.ts';
import { openBody, T0 } from '../testing/entries.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { wsSilentAfter101 } from './ws-silent-after-101.ts';

type Parts = Parameters<typeof webSocket>[0];
/** Chromium lists a WebSocket's frames, here none; Firefox has no such list. */
const silent = (parts: Parts = {}) => webSocket({ eio: 3, source: { _webSocketMessages: [] }, ...parts });
const seenAt = (ms: number, exchange: JudgedExchange) => ({ ...endpoint([exchange]), nowMs: T0 + ms });
const frame: JudgedExchange['frames'][number] = {
  direction: 'receive',
  data: openBody('SID1'),
  atMs: T0 + 3,
  binary: false,
};

describe('ws-silent-after-101', () => {
  it('is likely for an old client, and names `allowEIO3`', () => {
    const hit = onlyHit(wsSilentAfter101, seenAt(5000, silent()));
    expect(hit).toMatchObject({ confidence: 'likely', severity: 'error', alternatives: [] });
    expect(hit.page.explanation).toContain('3.1 to 4.0');
    expect(hit.fixes[0]?.code).toContain('allowEIO3: true');
  });

  it('is a hint for a v4 client, whose version explains nothing', () => {
    const hit = onlyHit(wsSilentAfter101, seenAt(5000, silent({ eio: 4 })));
    expect(hit).toMatchObject({ confidence: 'hint', alternatives: ['plain-websocket-server', 'probe-failed'] });
    expect(hit.page.explanation).not.toContain('allowEIO3');
  });

  it('takes the time from the entry once the WebSocket has ended', () => {
    expect(hitsOf(wsSilentAfter101, seenAt(60_000, silent({ ended: true, durationMs: 20_000 })))).toHaveLength(1);
    expect(hitsOf(wsSilentAfter101, seenAt(60_000, silent({ ended: true, durationMs: 900 })))).toEqual([]);
  });

  it('waits for five seconds', () => {
    expect(hitsOf(wsSilentAfter101, seenAt(4999, silent()))).toEqual([]);
  });

  it.each<[string, Parts]>([
    ['a server that speaks', { frames: [frame] }],
    ['Firefox, which shows no frames', { source: {}, dialect: 'firefox' }],
    ['a file without frames', { source: {} }],
    ['an error', { status: 101, socketErrors: ['Invalid frame header'] }],
    ['an upgrade from polling', { sid: 'SID0000000000000AAAA' }],
    ['no answer', { status: 0, outcome: 'pending', durationMs: null }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(wsSilentAfter101, seenAt(60_000, silent(parts)))).toEqual([]);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(wsSilentAfter101, endpoint(openedByPolling()))).toEqual([]);
  });
});
