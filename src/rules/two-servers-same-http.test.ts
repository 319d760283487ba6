import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { twoServersSameHttp } from './two-servers-same-http.ts';

type Parts = Parameters<typeof webSocket>[0];
const SID = 'SID0000000000000AAAA';
const broken = (parts: Parts = {}) => webSocket({ status: 101, socketErrors: ['Invalid frame header'], ...parts });

describe('two-servers-same-http', () => {
  it('is an error for a client that uses WebSocket alone', () => {
    const hit = onlyHit(twoServersSameHttp, endpoint([broken({ path: '/ws/' })]));
    expect(hit).toMatchObject({ confidence: 'likely', severity: 'error' });
    expect(fixCode(hit, 'node-v4')).toContain('startsWith("/ws/")');
  });

  it('warns where polling goes on working', () => {
    expect(onlyHit(twoServersSameHttp, endpoint([...openedByPolling(SID), broken({ sid: SID })])).severity).toBe(
      'warning',
    );
  });

  it.each<[string, Parts]>([
    ['an old client', { eio: 3 }],
    ['a connection that broke later', { durationMs: 30_000 }],
    ['an error that is blanked', { socketErrors: [''] }],
    [
      'a refused upgrade',
      { status: 0, socketErrors: ['Error during WebSocket handshake: Unexpected response code: 400'] },
    ],
    ['a healthy WebSocket', { socketErrors: [] }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(twoServersSameHttp, endpoint([broken(parts)]))).toEqual([]);
  });
});
