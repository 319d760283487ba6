import { describe, expect, it } from 'vitest';
import { runRules } from '../diagnose/run-rules.ts';
import { endpoint, openedByPolling, poll, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { pollGatewayTimeout } from './poll-gateway-timeout.ts';

const SID = 'SID0000000000000AAAA';
const held = (status: number, durationMs: number, parts: Parameters<typeof poll>[0] = {}) =>
  poll({ sid: SID, at: 30, status, durationMs, ...parts });

describe('poll-gateway-timeout', () => {
  it.each([
    [504, 2000],
    [504, 20_000],
    [524, 15_000],
    [503, 20_000],
  ])('names a %i after %i ms', (status, durationMs) => {
    const blocked = held(status, durationMs, refusal('MissingAllowOriginHeader'));
    const hit = onlyHit(pollGatewayTimeout, endpoint([...openedByPolling(SID), blocked]));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'likely' });
    expect(hit.evidence[0]).toMatchObject({ actual: String(status) });
    expect(fixCode(hit, 'nginx')).toContain('proxy_read_timeout 60s;');
    expect(fixCode(hit, 'node-v4')).toContain(`pingInterval: ${durationMs * 0.6}`);
  });

  it('does not blame Apache, which answers 502 when its patience is over', () => {
    const { fixes } = onlyHit(pollGatewayTimeout, endpoint([...openedByPolling(SID), held(504, 2000)]));
    expect(fixes.map(({ id }) => id)).not.toContain('apache');
  });

  it.each([
    ['a 503 after HAProxy’s own attempts', held(503, 3000)],
    ['a 504 at once', held(504, 20)],
    ['a 502', held(502, 20_000)],
    ['a server that should have pinged before', held(504, 60_000)],
    ['a POST', held(504, 5000, { method: 'POST', requestBody: '3' })],
    ['a handshake', held(504, 5000, { sid: null })],
    ['a healthy poll', held(200, 24_000, { body: '2' })],
  ])('is silent on %s', (_, exchange) => {
    expect(hitsOf(pollGatewayTimeout, endpoint([...openedByPolling(SID), exchange]))).toEqual([]);
  });

  it('is silent on a session that never worked', () => {
    expect(hitsOf(pollGatewayTimeout, endpoint([held(504, 5000)]))).toEqual([]);
  });

  it('is not over when the client reconnects, but when a heartbeat gets through', () => {
    const again = openedByPolling('SID0000000000000BBBB', 9000);
    const ping = poll({ sid: 'SID0000000000000BBBB', at: 9100, durationMs: 24_000, body: '2' });
    const states = (last: typeof again) =>
      runRules(endpoint([...openedByPolling(SID), held(504, 5000)], last), [pollGatewayTimeout]).findings.map(
        ({ state }) => state,
      );
    expect(states(again)).toEqual(['active']);
    expect(states([...again, ping])).toEqual(['resolved']);
  });
});
