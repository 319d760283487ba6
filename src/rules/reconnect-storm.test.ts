import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { reconnectStorm } from './reconnect-storm.ts';

const failed = (at: number) => [poll({ at, ...refusal('MissingAllowOriginHeader') })];
/** Opened, and closed by the server at once. */
const lost = (at: number) => [
  poll({ at, body: openBody(`SID${at}`) }),
  poll({ at: at + 10, sid: `SID${at}`, body: '40{"sid":"x"}' }),
  poll({ at: at + 20, sid: `SID${at}`, body: '1' }),
];
/** The same in another load of the page. */
const reloaded = (at: number) =>
  lost(at).map((exchange) => ({ ...exchange, source: { ...exchange.source, pageref: `page_${at}` } }));
const every = (count: number, ms: number) => Array.from({ length: count }, (_, index) => index * ms);

describe('reconnect-storm', () => {
  it('counts attempts without a pause', () => {
    const hit = onlyHit(reconnectStorm, endpoint(...every(8, 100).map(failed)));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'certain' });
    expect(hit.page.title).toContain('8 in 1 s');
  });

  it('counts connections that open and are lost, in spite of the pauses', () => {
    expect(onlyHit(reconnectStorm, endpoint(...every(12, 1500).map(lost))).page.title).toContain('12 in 17 s');
  });

  it('counts attempts that were folded into one session', () => {
    const [session, ...others] = endpoint(...every(25, 1000).map(failed)).sessions;
    if (!session) throw new Error('no session');
    const all = endpoint(failed(0));
    const folded = { ...session, attempts: 25, exchanges: [session, ...others].flatMap(({ exchanges }) => exchanges) };
    expect(hitsOf(reconnectStorm, { ...all, sessions: [folded] })).toHaveLength(1);
  });

  it.each([
    [
      'the client’s own backoff',
      [
        0, 700, 2000, 5000, 9500, 14_000, 18_500, 23_000, 27_500, 32_000, 36_500, 41_000, 45_500, 50_000, 54_500,
        59_000,
      ].map(failed),
    ],
    ['five clients that fail at once', every(5, 1).map(failed)],
    ['connections that stay', every(12, 1000).map((at) => openedByPolling(`SID${at}`, at))],
    ['WebSockets in Firefox, which shows no end', every(12, 200).map((at) => [webSocket({ at, dialect: 'firefox' })])],
    ['one attempt', [failed(0)]],
    ['a page that is reloaded again and again', every(14, 400).map(reloaded)],
    ['attempts that failed, and one that works', [...every(8, 100).map(failed), openedByPolling('SID', 900)]],
  ])('is silent on %s', (_, attempts) => {
    expect(hitsOf(reconnectStorm, endpoint(...attempts))).toEqual([]);
  });
});
