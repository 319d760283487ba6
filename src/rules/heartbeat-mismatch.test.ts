import { describe, expect, it } from 'vitest';
import type { Frame } from '../model/exchange.ts';
import { endpoint, openedByPolling, poll, T0, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { heartbeatMismatch } from './heartbeat-mismatch.ts';

const SID = 'SID0000000000000AAAA';
const frame = (direction: Frame['direction'], data: string): Frame => ({
  direction,
  data,
  atMs: T0 + 30,
  binary: false,
});
const socket = (eio: number, ...frames: Frame[]) => webSocket({ sid: SID, at: 20, eio, frames });

describe('heartbeat-mismatch', () => {
  it.each([
    ['a frame', socket(4, frame('send', '2probe'), frame('receive', '3probe'), frame('send', '5'), frame('send', '2'))],
    ['a POST', poll({ sid: SID, at: 50, method: 'POST', requestBody: '42["x"]\x1e2', body: 'ok' })],
  ])('sees the client ping in Engine.IO 4, in %s', (_, exchange) => {
    const hit = onlyHit(heartbeatMismatch, endpoint([...openedByPolling(SID), exchange]));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'likely' });
    expect(hit.page.title).toContain('The client pings');
    expect(fixCode(hit, 'browser-client')).toContain('no socket.io.engine.sendPacket("ping")');
  });

  it('sees the server ping in Engine.IO 3', () => {
    expect(onlyHit(heartbeatMismatch, endpoint([socket(3, frame('receive', '2'))])).page.title).toContain(
      'The server pings',
    );
  });

  it.each([
    ['Engine.IO 4, where the server pings', [socket(4, frame('receive', '2'), frame('send', '3'))]],
    ['Engine.IO 3, where the client does', [socket(3, frame('send', '2'), frame('receive', '3'))]],
    ['binary data whose base64 begins with 2', [socket(4, { ...frame('send', '2gAAAAEC'), binary: true })]],
    ['a probe', [socket(4, frame('send', '2probe'), frame('receive', '3probe'))]],
    [
      'an event whose text begins with 2',
      [poll({ sid: SID, at: 50, method: 'POST', requestBody: '42["2"]', body: 'ok' })],
    ],
    ['Firefox', [webSocket({ sid: SID, at: 20, dialect: 'firefox' })]],
  ])('is silent on %s', (_, exchanges) => {
    expect(hitsOf(heartbeatMismatch, endpoint(exchanges))).toEqual([]);
  });
});
