import { describe, expect, it } from 'vitest';
import type { Frame } from '../model/exchange.ts';
import { endpoint, poll, T0, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { idleTimeoutProxy } from './idle-timeout-proxy.ts';

const frame = (direction: Frame['direction'], data: string, atMs: number): Frame => ({
  direction,
  data,
  atMs: T0 + atMs,
  binary: false,
});

/** A WebSocket that was joined at once, and ended `gapMs` after its last frame. */
function cut(
  at: number,
  gapMs: number,
  more: [Frame['direction'], string][] = [],
  parts: Parameters<typeof webSocket>[0] = {},
) {
  const frames = [
    frame('receive', openBody(`SID${at}`), at + 10),
    frame('send', '40', at + 11),
    frame('receive', `40{"sid":"s${at}"}`, at + 12),
    ...more.map(([direction, data], index) => frame(direction, data, at + 13 + index)),
  ];
  const lastMs = 12 + more.length;
  return [webSocket({ at, frames, ended: true, durationMs: lastMs + gapMs, ...parts })];
}

describe('idle-timeout-proxy', () => {
  it('is certain with three ends alike in one load of the page', () => {
    const oneLoad = { source: { pageref: 'page_1' } };
    const ends = [cut(0, 10_004, [], oneLoad), cut(12_000, 10_001, [], oneLoad), cut(24_000, 10_009, [], oneLoad)];
    const hit = onlyHit(idleTimeoutProxy, endpoint(...ends));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'certain' });
    expect(hit.evidence.map(({ actual }) => actual)).toEqual(['10 s', '10 s', '10 s']);
    expect(fixCode(hit, 'nginx')).toContain('proxy_read_timeout 60s;');
    expect(fixCode(hit, 'node-v4')).toContain('pingInterval: 6005');
  });

  it('is likely where nothing tells one load from another: reloads look alike', () => {
    const reloads = endpoint(cut(0, 2_000), cut(3_000, 2_100), cut(6_000, 2_050));
    expect(onlyHit(idleTimeoutProxy, reloads).confidence).toBe('likely');
  });

  it('claims no option that is the default', () => {
    const fixes = onlyHit(idleTimeoutProxy, endpoint(cut(0, 10_004), cut(12_000, 10_001))).fixes;
    expect(fixes.filter(({ before }) => before !== undefined)).toEqual([]);
  });

  it('is likely with two', () => {
    expect(onlyHit(idleTimeoutProxy, endpoint(cut(0, 10_004), cut(12_000, 10_001))).confidence).toBe('likely');
  });

  it('counts moments, not connections: one event ends all that a page has', () => {
    expect(hitsOf(idleTimeoutProxy, endpoint(cut(0, 10_000), cut(3, 9_998), cut(5, 9_996)))).toEqual([]);
    const twice = endpoint(cut(0, 10_000), cut(3, 10_000), cut(12_000, 10_000), cut(12_003, 10_000));
    const hit = onlyHit(idleTimeoutProxy, twice);
    expect(hit).toMatchObject({ confidence: 'likely' });
    expect(hit.evidence).toHaveLength(2);
    expect(hit.sessions).toHaveLength(4);
  });

  it('is silent where the server was found down right after: a restart ends connections at any time', () => {
    const socketErrors = ['Error in connection establishment: net::ERR_CONNECTION_REFUSED'];
    const refused = (at: number) => [webSocket({ at, socketErrors })];
    const badGateway = (at: number) => [poll({ at, status: 502 })];
    expect(hitsOf(idleTimeoutProxy, endpoint(cut(0, 6000), refused(7000), cut(9000, 6100), refused(16_000)))).toEqual(
      [],
    );
    expect(
      hitsOf(idleTimeoutProxy, endpoint(cut(0, 6000), badGateway(7000), cut(9000, 6100), badGateway(16_000))),
    ).toEqual([]);
  });

  it('is silent where the page was left', () => {
    const loads = [0, 1, 2].map((load) => cut(load * 6000, 5000, [], { source: { pageref: `page_${load}` } }));
    expect(hitsOf(idleTimeoutProxy, endpoint(...loads))).toEqual([]);
  });

  it.each([
    ['one end', [cut(0, 10_000)]],
    ['ends that differ', [cut(0, 10_000), cut(20_000, 30_000)]],
    ['connections that are lost at once', [cut(0, 40), cut(1000, 41), cut(2000, 40)]],
    ['the heartbeat’s own end', [cut(0, 45_000), cut(50_000, 45_000)]],
    ['a ping that was not answered', [cut(0, 20_000, [['receive', '2']]), cut(30_000, 20_000, [['receive', '2']])]],
    ['clients that leave', [cut(0, 10_000, [['send', '41']]), cut(20_000, 10_000, [['send', '41']])]],
    ['a large frame before', [cut(0, 3000, [['send', 'x'.repeat(1e6)]]), cut(9000, 3000, [['send', 'x'.repeat(1e6)]])]],
    ['WebSockets that are open', [cut(0, 10_000, [], { ended: false }), cut(20_000, 10_000, [], { ended: false })]],
    [
      'Firefox, which shows no end',
      [cut(0, 10_000, [], { dialect: 'firefox' }), cut(20_000, 10_000, [], { dialect: 'firefox' })],
    ],
  ])('is silent on %s', (_, attempts) => {
    expect(hitsOf(idleTimeoutProxy, endpoint(...attempts))).toEqual([]);
  });

  it('is silent where no namespace was joined: the server ends that itself', () => {
    const unjoined = (at: number) => [
      webSocket({ at, frames: [frame('receive', openBody(`SID${at}`), at + 10)], ended: true, durationMs: 20_000 }),
    ];
    expect(hitsOf(idleTimeoutProxy, endpoint(unjoined(0), unjoined(30_000)))).toEqual([]);
  });

  it('is over once a heartbeat went over a connection that is open', () => {
    const alive = cut(
      40_000,
      0,
      [
        ['receive', '2'],
        ['send', '3'],
      ],
      { ended: false, durationMs: null },
    );
    const [fresh, later] = [cut(40_000, 0, [], { ended: false, durationMs: null }), alive].map(
      (exchanges) => endpoint(exchanges).sessions[0],
    );
    expect(fresh && idleTimeoutProxy.isOver?.(fresh)).toBe(false);
    expect(later && idleTimeoutProxy.isOver?.(later)).toBe(true);
  });
});
