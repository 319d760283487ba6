import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, webSocket } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { versionEio3WsInvalidFrame } from './version-eio3-ws-invalid-frame.ts';

type Parts = Parameters<typeof webSocket>[0];
const broken = (parts: Parts = {}) =>
  webSocket({ eio: 3, status: 101, socketErrors: ['Invalid frame header'], ...parts });

describe('version-eio3-ws-invalid-frame', () => {
  it('is likely where the browser says that the bytes are no frames', () => {
    const hit = onlyHit(versionEio3WsInvalidFrame, endpoint([broken()]));
    expect(hit).toMatchObject({ confidence: 'likely', severity: 'error', alternatives: ['two-servers-same-http'] });
    expect(hit.fixes.map(({ id }) => id)).toEqual(expect.arrayContaining(['node-v4', 'browser-client']));
  });

  it('is a hint where another extension blanks the text', () => {
    expect(onlyHit(versionEio3WsInvalidFrame, endpoint([broken({ socketErrors: [''] })])).confidence).toBe('hint');
  });

  it.each<[string, Parts]>([
    ['a v4 client', { eio: 4 }],
    ['a connection that broke later', { durationMs: 30_000 }],
    [
      'an upgrade that was refused',
      { status: 0, socketErrors: ['Error during WebSocket handshake: Unexpected response code: 400'] },
    ],
    ['an upgrade whose refusal is blanked', { status: 0, socketErrors: [''] }],
    ['an upgrade from polling', { sid: 'SID0000000000000AAAA' }],
    ['a healthy WebSocket', { socketErrors: [] }],
    ['Firefox, which shows no error', { socketErrors: [], dialect: 'firefox' }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(versionEio3WsInvalidFrame, endpoint([broken(parts)]))).toEqual([]);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(versionEio3WsInvalidFrame, endpoint(openedByPolling()))).toEqual([]);
  });
});
