import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { transportDisabled } from './transport-disabled.ts';

type Parts = Parameters<typeof poll>[0];
const refused = (parts: Parts = {}) =>
  poll({ status: 400, body: '{"code":0,"message":"Transport unknown"}', ...parts });

describe('transport-disabled', () => {
  it.each([
    ['Node.js', '{"code":0,"message":"Transport unknown"}'],
    ['Rust', '{"code":"0","message":"Transport unknown"}'],
    ['Python', '"Invalid transport"'],
    ['Go', 'invalid transport: polling'],
  ])('is certain where the server says so: %s', (_, body) => {
    const hit = onlyHit(transportDisabled, endpoint([refused({ body })]));
    expect(hit.confidence).toBe('certain');
    expect(fixCode(hit, 'browser-client')).toContain('transports: ["websocket"]');
    expect(fixCode(hit, 'node-v4')).toContain('["polling", "websocket"]');
  });

  it.each<[string, Parts]>([
    ['another code', { body: '{"code":1,"message":"Session ID unknown"}' }],
    ['code 0 of somebody else, in a good answer', { status: 200, body: '{"code":0,"message":"ok"}' }],
    ['a text that was withheld', refusal('MissingAllowOriginHeader')],
    ['an empty answer', { body: 'empty' }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(transportDisabled, endpoint([refused(parts)]))).toEqual([]);
  });

  it('is silent on a refused WebSocket, whose text nobody sees, and on a healthy connection', () => {
    const socket = webSocket({ socketErrors: ['Error during WebSocket handshake: Unexpected response code: 400'] });
    expect(hitsOf(transportDisabled, endpoint([socket]))).toEqual([]);
    expect(hitsOf(transportDisabled, endpoint(openedByPolling()))).toEqual([]);
  });
});
