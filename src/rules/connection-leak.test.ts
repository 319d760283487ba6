import { describe, expect, it } from 'vitest';
import type { Frame } from '../model/exchange.ts';
import { endpoint, openedByPolling, poll, T0, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { connectionLeak } from './connection-leak.ts';

const frame = (direction: Frame['direction'], data: string, at: number): Frame => ({
  direction,
  data,
  atMs: T0 + at,
  binary: false,
});

/** A WebSocket that joined a namespace and was pinged last at `aliveAt`. */
function live(at: number, aliveAt: number, parts: Parameters<typeof webSocket>[0] = {}, namespace = '') {
  const frames = [
    frame('receive', openBody(`SID${at}`), at + 5),
    frame('send', `40${namespace}`, at + 6),
    frame('receive', `40${namespace}{"sid":"s${at}"}`, at + 7),
    frame('receive', '2', aliveAt),
  ];
  return [webSocket({ at, frames, durationMs: aliveAt - at, ...parts })];
}

describe('connection-leak', () => {
  it('counts connections that are alive at the same time', () => {
    const hit = onlyHit(connectionLeak, endpoint(live(0, 31_000), live(2000, 32_000), live(4000, 29_000)));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'likely' });
    expect(hit.page.title).toContain('3 connections');
    expect(hit.sessions).toHaveLength(3);
  });

  it('counts polling, too', () => {
    const polling = [0, 2000, 4000].map((at) => [
      ...openedByPolling(`SID${at}`, at),
      poll({ sid: `SID${at}`, at: at + 20, durationMs: 25_000, body: '2' }),
    ]);
    expect(hitsOf(connectionLeak, endpoint(...polling))).toHaveLength(1);
  });

  it.each([
    ['two', [live(0, 31_000), live(2000, 32_000)]],
    ['three that were opened together', [live(0, 31_000), live(5, 32_000), live(9, 29_000)]],
    ['three, of which one was closed', [live(0, 31_000, { ended: true }), live(2000, 32_000), live(4000, 29_000)]],
    [
      'connections that were lost without a word before the next',
      [live(0, 1000), live(2000, 3000), live(4000, 29_000)],
    ],
    [
      'different namespaces',
      [live(0, 31_000, {}, '/a,'), live(2000, 32_000, {}, '/b,'), live(4000, 29_000, {}, '/c,')],
    ],
    ['Firefox', [0, 2000, 4000].map((at) => live(at, 31_000, { dialect: 'firefox' }))],
  ])('is silent on %s', (_, attempts) => {
    expect(hitsOf(connectionLeak, endpoint(...attempts))).toEqual([]);
  });
});
