import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { blockedByClient } from './blocked-by-client.ts';

const blocked = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status: 0, error: 'net::ERR_BLOCKED_BY_CLIENT', ...parts });

describe('blocked-by-client', () => {
  it('renames the path at both ends', () => {
    const hit = onlyHit(blockedByClient, endpoint([blocked()]));
    expect(hit.confidence).toBe('certain');
    expect(fixCode(hit, 'browser-client')).toContain('path: "/live/"');
    expect(fixCode(hit, 'node-v4')).toContain('path: "/live/"');
  });

  it('finds the word among a WebSocket’s error texts', () => {
    const socketErrors = ['Error in connection establishment: net::ERR_BLOCKED_BY_CLIENT'];
    expect(onlyHit(blockedByClient, endpoint([webSocket({ socketErrors })])).confidence).toBe('certain');
  });

  it.each(['', 'net::ERR_FAILED', 'net::ERR_BLOCKED_BY_RESPONSE', 'net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS'])(
    'is silent on %j',
    (error) => {
      expect(hitsOf(blockedByClient, endpoint([blocked({ error })]))).toEqual([]);
    },
  );

  it('is silent on a healthy connection and on a blanked text, and over once anything answers', () => {
    expect(hitsOf(blockedByClient, endpoint(openedByPolling()))).toEqual([]);
    expect(hitsOf(blockedByClient, endpoint([webSocket({ socketErrors: [''] })]))).toEqual([]);
    const [later] = endpoint([poll({ at: 9000, ...refusal('MissingAllowOriginHeader') })]).sessions;
    expect(later && blockedByClient.isOver?.(later)).toBe(true);
  });
});
