import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, preflight, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { noTransportFallback } from './no-transport-fallback.ts';

type Parts = Parameters<typeof webSocket>[0];
const UNEXPECTED = 'Error during WebSocket handshake: Unexpected response code: 400';
const DROPPED = 'Error in connection establishment: Connection closed before receiving a handshake response';
const refused = (parts: Parts = {}) =>
  webSocket({ socketErrors: [UNEXPECTED], request: { Upgrade: 'websocket' }, ...parts });

describe('no-transport-fallback', () => {
  it.each<[string, Parts]>([
    ['refused', {}],
    ['dropped', { socketErrors: [DROPPED] }],
    ['failed for a reason that is blanked', { socketErrors: [''] }],
    ['refused, in Firefox', { socketErrors: [], status: 503, dialect: 'firefox' }],
  ])('is likely where every WebSocket was %s', (_, parts) => {
    const hit = onlyHit(noTransportFallback, endpoint([refused(parts)], [refused({ at: 1500, ...parts })]));
    expect(hit).toMatchObject({ confidence: 'likely', severity: 'error' });
    expect(fixCode(hit, 'browser-client')).toContain('tryAllTransports: true');
    expect(hit.fixes.findIndex(({ workaround }) => workaround)).toBe(hit.fixes.length - 1);
    expect(fixCode(hit, 'browser-client-polling')).toContain('the server has to allow');
  });

  it('is silent once polling is tried', () => {
    expect(hitsOf(noTransportFallback, endpoint([refused()], [poll({ at: 30, status: 404 })]))).toEqual([]);
    expect(hitsOf(noTransportFallback, endpoint([refused()], [preflight({ at: 30, status: 404 })]))).toEqual([]);
    expect(hitsOf(noTransportFallback, endpoint(openedByPolling('S'), [refused({ sid: 'S', at: 20 })]))).toEqual([]);
  });

  it('is silent once a WebSocket was accepted', () => {
    expect(hitsOf(noTransportFallback, endpoint([refused()], [webSocket({ at: 1500 })]))).toEqual([]);
  });

  it.each<[string, Parts]>([
    ['nothing listens', { socketErrors: ['Error in connection establishment: net::ERR_CONNECTION_REFUSED'] }],
    ['nobody takes that path, which ends after a second', { socketErrors: [DROPPED], durationMs: 1006 }],
    ['the page gave it up', { socketErrors: ['WebSocket is closed before the connection is established.'] }],
    [
      'the page gave it up, and it was dropped for that',
      { socketErrors: ['WebSocket is closed before the connection is established.', DROPPED] },
    ],
    ['bytes came that are no frames', { status: 101, socketErrors: ['Invalid frame header'] }],
    ['it still waits', { socketErrors: [], status: 0, outcome: 'pending', durationMs: null }],
    [
      'it was refused in Firefox for a reason unknown',
      { socketErrors: [], status: 0, outcome: 'failed', dialect: 'firefox' },
    ],
  ])('is silent where %s', (_, parts) => {
    expect(hitsOf(noTransportFallback, endpoint([refused(parts)]))).toEqual([]);
  });
});
