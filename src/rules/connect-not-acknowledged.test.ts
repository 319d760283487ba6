import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, T0, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { connectNotAcknowledged } from './connect-not-acknowledged.ts';

const SID = 'SID0000000000000AAAA';
const open = () => poll({ body: openBody(SID) });
const connect = (requestBody = '40') => poll({ sid: SID, at: 10, method: 'POST', requestBody, body: 'ok' });
const held = poll({ sid: SID, at: 12, status: 0, outcome: 'pending', durationMs: null });
const at = (nowMs: number, ...attempts: Parameters<typeof endpoint>) => ({
  ...endpoint(...attempts),
  nowMs: T0 + nowMs,
});

describe('connect-not-acknowledged', () => {
  it('speaks after 10 s', () => {
    expect(hitsOf(connectNotAcknowledged, at(10_009, [open(), connect(), held]))).toEqual([]);
    const hit = onlyHit(connectNotAcknowledged, at(10_010, [open(), connect(), held]));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'likely' });
    expect(hit.evidence[0]).toMatchObject({ expected: 'CONNECT /', actual: null });
    expect(fixCode(hit, 'node-v4')).toContain('next(new Error("refused"));');
  });

  it('names the namespace', () => {
    const hit = onlyHit(connectNotAcknowledged, at(60_000, [open(), connect('40/admin,{"token":"x"}'), held]));
    expect(hit.params.namespace).toBe('/admin');
    expect(fixCode(hit, 'node-v4')).toContain('io.of("/admin").use(');
  });

  it('knows it over WebSocket', () => {
    const frames = [
      { direction: 'receive' as const, data: openBody(SID), atMs: T0 + 5, binary: false },
      { direction: 'send' as const, data: '40', atMs: T0 + 6, binary: false },
    ];
    expect(hitsOf(connectNotAcknowledged, at(20_000, [webSocket({ frames })]))).toHaveLength(1);
  });

  it.each([
    ['a namespace that was joined', at(60_000, openedByPolling(SID))],
    ['a refusal', at(60_000, [open(), connect(), poll({ sid: SID, at: 12, body: '44{"message":"no"}' })])],
    [
      'Firefox, where the answer may be in a WebSocket',
      at(60_000, [open(), connect(), webSocket({ sid: SID, at: 20, dialect: 'firefox' })]),
    ],
    ['an answer that was not captured', at(60_000, [open(), connect(), poll({ sid: SID, at: 12 })])],
    ['a page that was left', at(60_000, [open(), connect(), held], openedByPolling('SID0000000000000BBBB', 2000))],
    [
      'a client that left',
      at(60_000, [open(), connect(), poll({ sid: SID, at: 50, method: 'POST', requestBody: '41' })]),
    ],
  ])('is silent on %s', (_, seen) => {
    expect(hitsOf(connectNotAcknowledged, seen)).toEqual([]);
  });

  it('knows by the session’s own signs of life that time has passed, as in a file', () => {
    const ping = poll({ sid: SID, at: 12, durationMs: 25_000, body: '2' });
    expect(hitsOf(connectNotAcknowledged, at(25_012, [open(), connect(), ping]))).toHaveLength(1);
  });
});
