import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { wsPathUnmatched } from './ws-path-unmatched.ts';

const CLOSED = 'Connection closed before receiving a handshake response';
const dropped = (parts: Parameters<typeof webSocket>[0] = {}) =>
  webSocket({ durationMs: 1009, socketErrors: [CLOSED], ...parts });

describe('ws-path-unmatched', () => {
  it('goes by the second that Engine.IO waits', () => {
    const hit = onlyHit(wsPathUnmatched, endpoint([dropped({ path: '/ws/' })]));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'likely', alternatives: ['ws-upgrade-dropped'] });
    expect(hit.evidence[0]?.actual).toBe('1009 ms');
    expect(fixCode(hit, 'node-v4')).toContain('path: "/ws/"');
    expect(fixCode(hit, 'browser-client')).not.toContain('path');
  });

  it('needs no text, which another extension may blank', () => {
    expect(hitsOf(wsPathUnmatched, endpoint([dropped({ socketErrors: [''] })]))).toHaveLength(1);
  });

  it.each([
    ['at once', { durationMs: 12 }],
    ['later', { durationMs: 5_000 }],
    ['before it was sent', { durationMs: 0 }],
    ['with an answer', { socketErrors: ['Error during WebSocket handshake: Unexpected response code: 400'] }],
    ['by the client', { socketErrors: ['WebSocket is closed before the connection is established.'] }],
    ['with a sid: polling has found the path', { sid: 'SID0000000000000AAAA' }],
  ])('is silent on one that ends %s', (_, parts) => {
    expect(hitsOf(wsPathUnmatched, endpoint([dropped(parts)]))).toEqual([]);
  });

  it('is silent where the path works, and on a healthy WebSocket', () => {
    expect(hitsOf(wsPathUnmatched, endpoint(openedByPolling(), [dropped({ at: 5_000 })]))).toEqual([]);
    expect(hitsOf(wsPathUnmatched, endpoint([webSocket()]))).toEqual([]);
  });
});
