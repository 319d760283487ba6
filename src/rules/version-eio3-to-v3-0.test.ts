import { describe, expect, it } from 'vitest';
import type { JudgedExchange } from '../model/exchange.ts';
import { endpoint, openedByPolling, poll, webSocket } from '../testing/endpoint.ts';
import { openBody, T0 } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { versionEio3ToV30 } from './version-eio3-to-v3-0.ts';

const OPEN = openBody('SID0000000000000AAAA');
const frame = (data: string, atMs = 1): JudgedExchange['frames'][number] => ({
  direction: 'receive',
  data,
  atMs: T0 + atMs,
  binary: false,
});
const seenAt = (ms: number, socket: JudgedExchange) => ({ ...endpoint([socket]), nowMs: T0 + ms });

describe('version-eio3-to-v3-0', () => {
  it('is certain where the answer to `EIO=3` has no length before the packet', () => {
    const hit = onlyHit(versionEio3ToV30, endpoint([poll({ eio: 3, body: OPEN })]));
    expect(hit).toMatchObject({ confidence: 'certain', alternatives: [] });
    expect(fixCode(hit, 'node-v4')).toContain('allowEIO3: true');
    expect(fixCode(hit, 'node-v4')).toContain('npm install socket.io@4');
  });

  it('reads it in Firefox as well', () => {
    expect(hitsOf(versionEio3ToV30, endpoint([poll({ eio: 3, body: OPEN, dialect: 'firefox' })]))).toHaveLength(1);
  });

  it('is likely where CONNECT does not come over WebSocket', () => {
    const hit = onlyHit(versionEio3ToV30, seenAt(5001, webSocket({ eio: 3, frames: [frame(OPEN)] })));
    expect(hit).toMatchObject({ confidence: 'likely', alternatives: ['connect-not-acknowledged'] });
  });

  it('waits for the CONNECT', () => {
    expect(hitsOf(versionEio3ToV30, seenAt(4999, webSocket({ eio: 3, frames: [frame(OPEN)] })))).toEqual([]);
    const ended = webSocket({ eio: 3, frames: [frame(OPEN)], ended: true, durationMs: 300 });
    expect(hitsOf(versionEio3ToV30, seenAt(60_000, ended))).toEqual([]);
  });

  it.each<[string, JudgedExchange[]]>([
    ['a v2 server', [poll({ eio: 3, body: `96:${OPEN}2:40` })]],
    ['a v2 server over WebSocket', [webSocket({ eio: 3, frames: [frame(OPEN), frame('40', 2)] })]],
    [
      'a v2 server with a parser of its own (msgpack), whose CONNECT is binary',
      [webSocket({ eio: 3, frames: [frame(OPEN), { ...frame('BIOkdHlwZQ==', 2), binary: true }] })],
    ],
    ['a v4 client', openedByPolling()],
    ['a text that was withheld', [poll({ eio: 3, body: 'hidden' })]],
    ['HTML', [poll({ eio: 3, body: '<!doctype html>' })]],
    ['a refusal', [poll({ eio: 3, status: 400, body: '{"code":5,"message":"Unsupported protocol version"}' })]],
  ])('is silent on %s', (_, exchanges) => {
    expect(hitsOf(versionEio3ToV30, endpoint(exchanges))).toEqual([]);
  });
});
