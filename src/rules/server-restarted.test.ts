import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { serverRestarted } from './server-restarted.ts';

type Parts = Parameters<typeof poll>[0];
const A = 'SID0000000000000AAAA';
const B = 'SID0000000000000BBBB';
const C = 'SID0000000000000CCCC';
const codeOne = (sid: string, at: number, parts: Parts = {}) =>
  poll({ sid, at, status: 400, body: '{"code":1,"message":"Session ID unknown"}', ...parts });
const a = [...openedByPolling(A), codeOne(A, 9000)];
const b = [...openedByPolling(B, 100), codeOne(B, 9010)];

describe('server-restarted', () => {
  it('is likely where several sids that worked die together', () => {
    const hit = onlyHit(serverRestarted, endpoint(a, b));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'likely', alternatives: ['sticky-session-missing'] });
    expect(hit.sessions).toHaveLength(2);
  });

  it('is likely where a sid dies while the server is down', () => {
    for (const down of [
      poll({ at: 9500, status: 502 }),
      poll({ at: 9500, status: 0, error: 'net::ERR_CONNECTION_REFUSED' }),
    ])
      expect(hitsOf(serverRestarted, endpoint(a, [down]))).toHaveLength(1);
  });

  it('takes them long after the handshake as well', () => {
    const late = endpoint([...openedByPolling(A), codeOne(A, 600_000)], [...openedByPolling(B), codeOne(B, 600_100)]);
    expect(hitsOf(serverRestarted, late)).toHaveLength(1);
  });

  it.each([
    ['one sid alone', endpoint(a)],
    ['sids that die minutes apart', endpoint(a, [...openedByPolling(B, 100), codeOne(B, 99_000)])],
    ['a gateway error at another time', endpoint(a, [poll({ at: 60_000, status: 502 })])],
    ['sids that never worked', endpoint([poll(), codeOne(A, 10)], [poll({ at: 3 }), codeOne(B, 12)])],
    [
      'new sids that are refused as well',
      endpoint(a, b, [...openedByPolling(C, 10_000).slice(0, 1), codeOne(C, 10_020)]),
    ],
    ['a sid that works again', endpoint([...a, poll({ sid: A, at: 9100, body: '2' })], b)],
    ['healthy connections', endpoint(openedByPolling(A), openedByPolling(B, 100))],
  ])('is silent on %s', (_, seen) => {
    expect(hitsOf(serverRestarted, seen)).toEqual([]);
  });
});
