import { describe, expect, it } from 'vitest';
import { endpoint, poll } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { pollBuffered } from './poll-buffered.ts';

const SID = 'SID0000000000000AAAA';
const open = poll({
  body: `0{"sid":"${SID}","upgrades":[],"pingInterval":10000,"pingTimeout":20000,"maxPayload":1000000}`,
});
const get = (at: number, durationMs: number, body: string) => poll({ sid: SID, at, durationMs, body });
const pong = (at: number) => poll({ sid: SID, at, method: 'POST', requestBody: '3', body: 'ok' });

describe('poll-buffered', () => {
  it('hints at answers that all take equally long, with a late ping', () => {
    const buffered = [
      open,
      pong(100),
      get(10, 4000, '40{"sid":"x"}'),
      get(4020, 4010, '42["a"]\x1e42["b"]'),
      get(8040, 4005, '42["c"]'),
      get(12_060, 4000, '2'),
    ];
    const hit = onlyHit(pollBuffered, endpoint(buffered));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'hint' });
    expect(hit.evidence[1]?.actual).toBe('6 s');
  });

  it.each([
    [
      'an idle connection, which pings alone end',
      [
        open,
        pong(1),
        get(10, 10_000, '2'),
        pong(10_020),
        get(10_030, 10_000, '2'),
        pong(20_040),
        get(20_050, 10_000, '2'),
      ],
    ],
    [
      'a server that sends by a timer, and pings in time',
      [open, pong(1), get(10, 4000, '42["a"]'), get(4020, 4000, '42["b"]'), get(8040, 1970, '2')],
    ],
    [
      'a server that sends by a timer',
      [open, get(10, 4000, '42["a"]'), get(4020, 4000, '42["b"]'), get(8040, 4000, '42["c"]')],
    ],
    [
      'a server that sends by a timer, where a pong went out together with an event',
      [
        open,
        pong(1),
        get(10, 4000, '42["a"]'),
        get(4020, 4000, '42["b"]'),
        get(8040, 1970, '2'),
        poll({ sid: SID, at: 10_011, method: 'POST', requestBody: '3\x1e42["c"]', body: 'ok' }),
        get(10_020, 4000, '42["d"]'),
        get(14_030, 4000, '42["e"]'),
        get(18_040, 1980, '2'),
      ],
    ],
    [
      'a file that leaves out what a POST carried',
      [
        open,
        pong(100),
        {
          ...poll({ sid: SID, at: 2000, method: 'POST', body: 'ok' }),
          requestBody: { state: 'not-captured' as const },
        },
        get(10, 4000, '40{"sid":"x"}'),
        get(4020, 4010, '42["a"]'),
        get(8040, 4005, '42["c"]'),
        get(12_060, 4000, '2'),
      ],
    ],
    [
      'answers when there is something',
      [open, pong(1), get(10, 1600, '42["a"]'), get(1620, 7000, '42["b"]'), get(8700, 4000, '2')],
    ],
  ])('is silent on %s', (_, exchanges) => {
    expect(hitsOf(pollBuffered, endpoint(exchanges))).toEqual([]);
  });
});
