import { describe, expect, it } from 'vitest';
import type { JudgedExchange } from '../model/exchange.ts';
import { endpoint, openedByPolling, poll, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { versionEio4ToV2 } from './version-eio4-to-v2.ts';

const OPEN = openBody('SID0000000000000AAAA');
const V2_ANSWER = `${OPEN.length}:${OPEN}2:40`;
const frames = (...texts: string[]): JudgedExchange['frames'] =>
  texts.map((data, index) => ({ direction: 'receive', data, atMs: index, binary: false }));

describe('version-eio4-to-v2', () => {
  it.each<[string, JudgedExchange]>([
    ['a length before the packet', poll({ body: V2_ANSWER })],
    ['the same in Firefox', poll({ body: V2_ANSWER, dialect: 'firefox' })],
    ['a CONNECT without a sid', webSocket({ frames: frames(OPEN, '40') })],
  ])('is certain on %s', (_, exchange) => {
    expect(onlyHit(versionEio4ToV2, endpoint([exchange]))).toMatchObject({ confidence: 'certain', severity: 'error' });
  });

  it('keeps the sid out of the evidence', () => {
    const hit = onlyHit(versionEio4ToV2, endpoint([poll({ body: V2_ANSWER })]));
    expect(JSON.stringify(hit.evidence)).not.toContain('SID0000');
  });

  it.each<[string, JudgedExchange[]]>([
    ['a healthy connection', openedByPolling()],
    ['a healthy WebSocket', [webSocket({ frames: frames(OPEN, '40{"sid":"socket-1"}') })]],
    ['a namespace that comes late', [webSocket({ frames: frames(OPEN) })]],
    ['a v2 client', [poll({ eio: 3, body: V2_ANSWER })]],
    ['a number that is no length', [poll({ body: '123' })]],
    ['HTML', [poll({ body: '<html>' })]],
  ])('is silent on %s', (_, exchanges) => {
    expect(hitsOf(versionEio4ToV2, endpoint(exchanges))).toEqual([]);
  });

  it('is over once a handshake gets another answer', () => {
    const [later] = endpoint([poll({ at: 9000, body: OPEN })]).sessions;
    expect(later && versionEio4ToV2.isOver?.(later)).toBe(true);
  });
});
