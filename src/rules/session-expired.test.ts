import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { sessionExpired } from './session-expired.ts';

type Parts = Parameters<typeof poll>[0];
const SID = 'SID0000000000000AAAA';
const codeOne = (at: number, parts: Parts = {}) =>
  poll({ sid: SID, at, status: 400, body: '{"code":1,"message":"Session ID unknown"}', ...parts });

describe('session-expired', () => {
  it('remarks on a sid that was refused after a silence beyond pingInterval + pingTimeout', () => {
    const hit = onlyHit(sessionExpired, endpoint([...openedByPolling(SID), codeOne(60_017)]));
    expect(hit).toMatchObject({ severity: 'info', confidence: 'likely' });
    expect(hit.params).toMatchObject({ gap: '60', limit: '45' });
  });

  it('takes the times of the server’s own handshake', () => {
    const open = `0{"sid":"${SID}","upgrades":[],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}`;
    expect(hitsOf(sessionExpired, endpoint([poll({ body: open }), codeOne(2000)]))).toHaveLength(1);
    expect(hitsOf(sessionExpired, endpoint([poll({ body: open }), codeOne(400)]))).toEqual([]);
  });

  it('keeps what was missed in some minutes, and checks who comes back; after a night it offers nothing', () => {
    const code = fixCode(onlyHit(sessionExpired, endpoint([...openedByPolling(SID), codeOne(10 * 60_000)])), 'node-v4');
    expect(code).toContain('maxDisconnectionDuration: 20 * 60 * 1000');
    expect(code).toContain('skipMiddlewares: false');
    const night = endpoint([...openedByPolling(SID), codeOne(8 * 3_600_000)]);
    expect(onlyHit(sessionExpired, night).fixes).toEqual([]);
  });

  it.each([
    ['a gap that is short enough', [...openedByPolling(SID), codeOne(44_000)]],
    [
      'a request that was held all the while',
      [...openedByPolling(SID), poll({ sid: SID, at: 30, durationMs: 59_000, body: '2' }), codeOne(60_000)],
    ],
    ['a text that was withheld', [...openedByPolling(SID), codeOne(60_000, { body: 'hidden' })]],
    ['another error', [...openedByPolling(SID), codeOne(60_000, { body: 'empty' })]],
    ['a healthy connection', openedByPolling(SID)],
  ])('is silent on %s', (_, exchanges) => {
    expect(hitsOf(sessionExpired, endpoint(exchanges))).toEqual([]);
  });

  it('leaves sids that died together to the restart', () => {
    const other = 'SID0000000000000BBBB';
    const seen = endpoint(
      [...openedByPolling(SID), codeOne(60_000)],
      [...openedByPolling(other), codeOne(60_005, { sid: other })],
    );
    expect(hitsOf(sessionExpired, seen)).toEqual([]);
  });
});
