import { describe, expect, it } from 'vitest';
import { runRules } from '../diagnose/run-rules.ts';
import type { Frame } from '../model/exchange.ts';
import { endpoint, openedByPolling, poll, T0, webSocket } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { pingTimeout } from './ping-timeout.ts';

const SID = 'SID0000000000000AAAA';
const NEXT = 'SID0000000000000BBBB';
const frame = (direction: Frame['direction'], data: string, at: number): Frame => ({
  direction,
  data,
  atMs: T0 + at,
  binary: false,
});
const beats = [
  frame('send', '2probe', 21),
  frame('receive', '3probe', 22),
  frame('send', '5', 23),
  frame('receive', '2', 25_000),
];
const socket = (parts: Parameters<typeof webSocket>[0] = {}, frames = [...beats, frame('send', '3', 25_001)]) =>
  webSocket({ sid: SID, at: 20, frames, ...parts });
const connection = (...rest: ReturnType<typeof webSocket>[]) => [...openedByPolling(SID), ...rest];
const onPage = (pageref: string) => (exchange: ReturnType<typeof webSocket>) => ({
  ...exchange,
  source: { ...exchange.source, pageref },
});
/** `pingInterval + pingTimeout` of the builder's handshake. */
const PATIENCE = 45_000;

describe('ping-timeout', () => {
  it('proves a silent server by the next handshake', () => {
    const hit = onlyHit(pingTimeout, endpoint(connection(socket()), openedByPolling(NEXT, 25_000 + PATIENCE + 1000)));
    expect(hit).toMatchObject({ detail: 'server-silent', severity: 'warning', confidence: 'likely' });
    expect(hit.evidence[0]?.actual).toBe('46 s');
    expect(hit.sessions).toHaveLength(1);
  });

  it('knows a silent server over polling, in Firefox too', () => {
    const held = poll({
      sid: SID,
      at: 30,
      status: 0,
      outcome: 'failed',
      error: null,
      durationMs: null,
      dialect: 'firefox',
    });
    expect(
      hitsOf(pingTimeout, endpoint([...openedByPolling(SID), held], openedByPolling(NEXT, PATIENCE + 1000))),
    ).toHaveLength(1);
  });

  it.each([
    ['the ping came last, and the end when the server had waited', socket({ ended: true, durationMs: 45_000 }, beats)],
    [
      'the ping was seen when the page woke up, together with the end',
      socket({ ended: true, durationMs: 60_050 }, [
        ...beats.slice(0, 3),
        frame('receive', '2', 60_000),
        frame('send', '3', 60_001),
      ]),
    ],
    [
      'the page woke up, and its own timer was first: it does not answer any more',
      socket({ ended: true, durationMs: 60_050 }, [...beats.slice(0, 3), frame('receive', '2', 60_000)]),
    ],
  ])('proves a page that did not answer: %s', (_, frozen) => {
    const hit = onlyHit(pingTimeout, endpoint(connection(frozen)));
    expect(hit).toMatchObject({ detail: 'page-frozen', severity: 'warning', confidence: 'likely' });
    expect(hit.page.explanation).toContain('waits 20 s');
  });

  it('is not over when the client reconnects, but when a heartbeat went over the new connection', () => {
    const next = (...more: Frame[]) => [
      ...openedByPolling(NEXT, 71_000),
      webSocket({ sid: NEXT, at: 71_020, frames: [frame('send', '5', 71_030), ...more] }),
    ];
    const states = (later: ReturnType<typeof next>) =>
      runRules(endpoint(connection(socket()), later), [pingTimeout]).findings.map(({ state }) => state);
    expect(states(next())).toEqual(['active']);
    expect(states(next(frame('receive', '2', 96_000), frame('send', '3', 96_001)))).toEqual(['resolved']);
  });

  it.each([
    ['a connection that goes on', [connection(socket())]],
    ['a second connection of the page, beside the first', [connection(socket()), openedByPolling(NEXT, 30_000)]],
    [
      'a page that was left, and loaded again at that time',
      [connection(socket()).map(onPage('page_1')), openedByPolling(NEXT, 71_000).map(onPage('page_2'))],
    ],
    ['a much later one: the computer slept', [connection(socket()), openedByPolling(NEXT, 600_000)]],
    [
      'a WebSocket that was cut before',
      [connection(socket({ ended: true, durationMs: 40_000 })), openedByPolling(NEXT, 71_000)],
    ],
    [
      'a client that left',
      [connection(socket({}, [...beats, frame('send', '41', 26_000)])), openedByPolling(NEXT, 71_000)],
    ],
    ['a WebSocket that ends right after a heartbeat', [connection(socket({ ended: true, durationMs: 25_100 }))]],
    [
      'a server that stops just after a ping that came in time',
      [
        connection(
          webSocket({
            sid: SID,
            at: 20,
            ended: true,
            durationMs: 50_100,
            frames: [...beats, frame('send', '3', 25_001), frame('receive', '2', 50_001)],
          }),
        ),
      ],
    ],
    [
      'a server whose ping came late, to a page that was awake',
      [
        connection(
          webSocket({
            sid: SID,
            at: 20,
            ended: true,
            durationMs: 67_500,
            frames: [
              ...beats,
              frame('send', '3', 25_001),
              frame('send', '42["typing"]', 50_500),
              frame('receive', '2', 67_000),
            ],
          }),
        ),
      ],
    ],
    ['a WebSocket that ends right after a ping', [connection(socket({ ended: true, durationMs: 25_100 }, beats))]],
    [
      'Firefox, which shows no frames',
      [connection(webSocket({ sid: SID, at: 20, dialect: 'firefox' })), openedByPolling(NEXT, PATIENCE + 1000)],
    ],
    [
      'a WebSocket that the panel has not looked for yet',
      [connection(poll({ sid: SID, at: 15, body: '6' })), openedByPolling(NEXT, PATIENCE + 1000)],
    ],
  ])('is silent on %s', (_, attempts) => {
    expect(hitsOf(pingTimeout, endpoint(...attempts))).toEqual([]);
  });
});
