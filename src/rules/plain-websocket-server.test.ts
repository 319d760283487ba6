import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { plainWebsocketServer } from './plain-websocket-server.ts';

const SID = 'SID0000000000000AAAA';
const receiving = (data: string, parts: Parameters<typeof webSocket>[0] = {}) =>
  webSocket({ frames: [{ direction: 'receive', data, atMs: 1, binary: false }], ...parts });

describe('plain-websocket-server', () => {
  it.each(['welcome', '{"type":"connection_ack"}', '{"type":"welcome"}', ''])('first frame %j', (data) => {
    const hit = onlyHit(plainWebsocketServer, endpoint([receiving(data)]));
    expect(hit).toMatchObject({ confidence: 'likely' });
    expect(hit.evidence[0]?.actual).toBe(data);
    expect(fixCode(hit, 'browser-client')).toContain('new WebSocket("ws://localhost:3001/socket.io/")');
  });

  it.each([
    ['a handshake', receiving(openBody(SID))],
    ['a v2 server’s first words', receiving('40')],
    ['the middle of a connection', receiving('2')],
    ['the answer to a probe', receiving('3probe', { sid: SID })],
    ['a client that speaks first', webSocket({ frames: [{ direction: 'send', data: 'x', atMs: 1, binary: false }] })],
    ['silence', webSocket()],
    ['broken frames', webSocket({ status: 101, socketErrors: ['Invalid frame header'] })],
    ['Firefox, which shows no frames', webSocket({ dialect: 'firefox' })],
  ])('is silent on %s', (_, socket) => {
    expect(hitsOf(plainWebsocketServer, endpoint([socket]))).toEqual([]);
  });

  it('is silent on a healthy connection over polling', () => {
    expect(hitsOf(plainWebsocketServer, endpoint(openedByPolling(SID)))).toEqual([]);
  });
});
