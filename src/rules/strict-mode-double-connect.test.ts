import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { strictModeDoubleConnect } from './strict-mode-double-connect.ts';

const [FIRST, SECOND, THIRD] = ['SID0000000000000AAAA', 'SID0000000000000BBBB', 'SID0000000000000CCCC'];
const later = poll({ at: 500, sid: SECOND, body: '42["news"]' });
const closed = (sid: string, at: number) => [
  poll({ at, body: openBody(sid) }),
  poll({ at: at + 8, sid, method: 'POST', requestBody: '1', body: 'ok' }),
];

describe('strict-mode-double-connect', () => {
  it.each([
    ['a handshake that was closed with `1`', closed(FIRST, 0)],
    ['a sid that is never used', [poll({ body: openBody(FIRST) })]],
    ['a handshake that was aborted', [poll({ status: 0, error: 'net::ERR_ABORTED' })]],
    [
      'a WebSocket that was closed before it was open',
      [webSocket({ socketErrors: ['WebSocket is closed before the connection is established.'] })],
    ],
  ])('remarks on %s, beside one that works', (_, discarded) => {
    const hit = onlyHit(strictModeDoubleConnect, endpoint(discarded, [...openedByPolling(SECOND, 3), later]));
    expect(hit).toMatchObject({ severity: 'info', confidence: 'hint' });
    expect(hit.evidence[0]?.actual).toBe('3 ms');
  });

  it('remarks on it where all was said within 200 ms, and nothing since', () => {
    const quick = [...openedByPolling(SECOND, 3), poll({ at: 120, sid: SECOND, body: '42["news"]' })];
    expect(hitsOf(strictModeDoubleConnect, endpoint([poll({ body: openBody(FIRST) })], quick))).toHaveLength(1);
  });

  it('reads it in Firefox, where the close packet can be seen', () => {
    const inFirefox = [
      poll({ body: openBody(FIRST), dialect: 'firefox' }),
      poll({ at: 8, sid: FIRST, method: 'POST', requestBody: '1', body: 'ok', dialect: 'firefox' }),
    ];
    expect(hitsOf(strictModeDoubleConnect, endpoint(inFirefox, openedByPolling(SECOND, 3)))).toHaveLength(1);
  });

  it.each([
    ['two connections that both stay', [openedByPolling(FIRST), openedByPolling(SECOND, 3)]],
    ['a page that connects again later', [closed(FIRST, 0), openedByPolling(SECOND, 500)]],
    ['three at once', [closed(FIRST, 0), closed(SECOND, 3), openedByPolling(THIRD, 6)]],
    [
      'a connection that was used before it was closed',
      [
        [...openedByPolling(FIRST), poll({ at: 50, sid: FIRST, method: 'POST', requestBody: '41', body: 'ok' })],
        openedByPolling(SECOND, 60),
      ],
    ],
    ['one alone', [closed(FIRST, 0)]],
    [
      'a sid that was handed out after the other was used already',
      [[poll({ body: openBody(FIRST), durationMs: 60 })], [...openedByPolling(SECOND, 3), later]],
    ],
    ['a sid that had no time to be used', [[poll({ body: openBody(FIRST) })], openedByPolling(SECOND, 3)]],
  ])('is silent on %s', (_, attempts) => {
    expect(hitsOf(strictModeDoubleConnect, endpoint(...attempts))).toEqual([]);
  });
});
