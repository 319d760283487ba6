import { describe, expect, it } from 'vitest';
import type { Frame } from '../model/exchange.ts';
import { endpoint, openedByPolling, poll, refusal, T0, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { payloadTooLarge } from './payload-too-large.ts';

const SID = 'SID0000000000000AAAA';
const post = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({
    sid: SID,
    at: 100,
    method: 'POST',
    requestBody: `42["x","${'a'.repeat(1_500_000)}"]`,
    status: 413,
    body: 'empty',
    ...parts,
  });
const sent = (data: string, at: number, rest: Partial<Frame> = {}): Frame => ({
  direction: 'send',
  data,
  atMs: T0 + at,
  binary: false,
  ...rest,
});
const probe: Frame[] = [
  sent('2probe', 21),
  { direction: 'receive', data: '3probe', atMs: T0 + 22, binary: false },
  sent('5', 23),
];
const socket = (frame: Frame, durationMs = 600) =>
  webSocket({ sid: SID, at: 20, frames: [...probe, frame], ended: true, durationMs });

describe('payload-too-large', () => {
  it('takes a 413 without content for the server’s own', () => {
    const hit = onlyHit(payloadTooLarge, endpoint([...openedByPolling(SID), post()]));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'certain' });
    expect(hit.evidence.map(({ actual }) => actual)).toEqual(['413', '1500010']);
    expect(hit.page.title).toContain('http://localhost:3001');
    expect(hit.page.explanation).toContain('`maxPayload` 1000000 bytes');
    expect(fixCode(hit, 'node-v4')).toContain('maxHttpBufferSize: 4000000');
  });

  it('takes a page of nginx for nginx’s, also where its text is withheld', () => {
    const html = { 'Content-Type': 'text/html', Server: 'nginx/1.26' };
    const hit = onlyHit(
      payloadTooLarge,
      endpoint([
        ...openedByPolling(SID),
        post({ response: html, requestBody: 'a'.repeat(300_000), ...refusal('MissingAllowOriginHeader') }),
      ]),
    );
    expect(hit.page.title).toContain('The proxy before');
    expect(hit.fixes.map(({ id }) => id)).toEqual(['nginx']);
    expect(fixCode(hit, 'nginx')).toContain('client_max_body_size 2m;');
  });

  it.each([
    ['text', sent('42'.padEnd(1_000_100, 'x'), 500)],
    ['binary', sent('A'.repeat(1_400_000), 500, { binary: true })],
    ['cut by the recorder', sent('42', 500, { length: 5_000_000 })],
  ])('knows a WebSocket that is closed after a large frame: %s', (_, frame) => {
    expect(onlyHit(payloadTooLarge, endpoint([...openedByPolling(SID), socket(frame)])).confidence).toBe('certain');
  });

  it('is less sure where the server announces no limit', () => {
    const open = poll({ body: `0{"sid":"${SID}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}` });
    const hit = onlyHit(payloadTooLarge, endpoint([open, socket(sent('42'.padEnd(2e6, 'x'), 500))]));
    expect(hit.confidence).toBe('likely');
  });

  it('grants a v2 server before 2.5 the 100 MB that it takes, and 2.5 one', () => {
    const closed = (pingTimeout: number) => {
      const packet = `0{"sid":"${SID}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":${pingTimeout}}`;
      const open = poll({ eio: 3, body: `${packet.length}:${packet}` });
      return endpoint([open, { ...socket(sent('42'.padEnd(2e6, 'x'), 500)), target: { ...open.target, sid: SID } }]);
    };
    expect(hitsOf(payloadTooLarge, closed(5000))).toEqual([]);
    expect(hitsOf(payloadTooLarge, closed(20_000))).toHaveLength(1);
  });

  it('knows a POST that an older server cuts off', () => {
    const cut = post({ status: 0, error: 'net::ERR_CONNECTION_RESET' });
    expect(onlyHit(payloadTooLarge, endpoint([...openedByPolling(SID), cut])).confidence).toBe('likely');
  });

  it.each([
    ['a frame within the limit', socket(sent('42'.padEnd(999_000, 'x'), 500))],
    [
      'three bytes of base64 in four characters: within the limit',
      socket(sent('A'.repeat(1_200_000), 500, { binary: true })),
    ],
    ['a WebSocket that went on for a while', socket(sent('42'.padEnd(2e6, 'x'), 500), 5000)],
    ['a WebSocket that is open', webSocket({ sid: SID, at: 20, frames: [...probe, sent('42'.padEnd(2e6, 'x'), 500)] })],
    ['a large POST that was taken', post({ status: 200, body: 'ok' })],
    ['a small POST that was reset', post({ status: 0, error: 'net::ERR_CONNECTION_RESET', requestBody: '3' })],
    ['a 413 on a GET', poll({ sid: SID, at: 50, status: 413 })],
  ])('is silent on %s', (_, exchange) => {
    expect(hitsOf(payloadTooLarge, endpoint([...openedByPolling(SID), exchange]))).toEqual([]);
  });
});
