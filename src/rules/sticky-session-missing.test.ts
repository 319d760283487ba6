import { describe, expect, it } from 'vitest';
import type { JudgedExchange } from '../model/exchange.ts';
import { endpoint, openedByPolling, poll, refusal, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { stickySessionMissing } from './sticky-session-missing.ts';

type Parts = Parameters<typeof poll>[0];
const A = 'SID0000000000000AAAA';
const B = 'SID0000000000000BBBB';
const handshake = (sid = A, at = 0) => poll({ at, body: openBody(sid) });
const codeOne = (sid = A, at = 20, parts: Parts = {}) =>
  poll({ sid, at, status: 400, body: '{"code":1,"message":"Session ID unknown"}', ...parts });
const fails = (sid: string, at: number) => [
  handshake(sid, at),
  codeOne(sid, at + 10, { method: 'POST', requestBody: '40' }),
];
const aborted = (at: number, durationMs: number) =>
  poll({ sid: A, at, durationMs, status: 0, error: 'net::ERR_ABORTED' });

describe('sticky-session-missing', () => {
  it('is likely where one fresh sid is refused', () => {
    const hit = onlyHit(stickySessionMissing, endpoint(fails(A, 0)));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'likely', alternatives: ['server-restarted'] });
    expect(hit.fixes.map(({ id }) => id)).toEqual([
      'nginx',
      'haproxy',
      'caddy',
      'ingress-nginx',
      'node-cluster',
      'node-cluster-redis',
      'browser-client',
    ]);
  });

  it('is certain where one new sid after the other is refused', () => {
    const hit = onlyHit(stickySessionMissing, endpoint(fails(A, 0), fails(B, 1500)));
    expect(hit).toMatchObject({ confidence: 'certain', alternatives: [] });
  });

  it('counts attempts that were folded', () => {
    const seen = endpoint(fails(A, 0));
    const folded = { ...seen, sessions: seen.sessions.map((session) => ({ ...session, attempts: 2 })) };
    expect(onlyHit(stickySessionMissing, folded).confidence).toBe('certain');
  });

  it('is certain where the sid works again after it was refused', () => {
    const again = poll({ sid: A, at: 60, body: '2' });
    expect(onlyHit(stickySessionMissing, endpoint([handshake(), codeOne(), again])).confidence).toBe('certain');
    const socket = webSocket({ sid: A, at: 60 });
    expect(onlyHit(stickySessionMissing, endpoint([handshake(), codeOne(), socket])).confidence).toBe('certain');
  });

  it.each<[string, boolean, Parts]>([
    ['after the refusal', true, { at: 25 }],
    ['at the same time', false, { at: 18, durationMs: 10 }],
    ['after the refusal by so little that Firefox may be wrong', false, { at: 28, dialect: 'firefox' }],
    ['after the refusal in Firefox', true, { at: 90, dialect: 'firefox' }],
  ])('is proven by a close that was taken %s: %s', (_, proven, parts) => {
    const close = poll({ sid: A, method: 'POST', requestBody: '1', body: 'ok', ...parts });
    const refused = codeOne(A, 20, { durationMs: 1, ...(parts?.dialect && { dialect: parts.dialect }) });
    expect(hitsOf(stickySessionMissing, endpoint([refused, close]))).toHaveLength(proven ? 1 : 0);
  });

  it('takes a refusal within pingInterval + pingTimeout, and none after', () => {
    expect(hitsOf(stickySessionMissing, endpoint([...openedByPolling(A), codeOne(A, 44_000)]))).toHaveLength(1);
    expect(hitsOf(stickySessionMissing, endpoint([...openedByPolling(A), codeOne(A, 46_000)]))).toEqual([]);
  });

  it('is not certain where the text was withheld', () => {
    const hidden = { response: { 'Content-Type': 'application/json' }, ...refusal('MissingAllowOriginHeader') };
    const seen = endpoint([handshake(), codeOne(A, 20, hidden)], [handshake(B, 1500), codeOne(B, 1520, hidden)]);
    expect(onlyHit(stickySessionMissing, seen).confidence).toBe('likely');
  });

  it.each<[string, Parts]>([
    ['Rust', { body: '{"code":"1","message":"Session ID unknown"}' }],
    ['Python, WSGI', { body: '"Invalid session"' }],
    ['Python, asyncio', { body: `"Invalid session ${A}"` }],
    ['Go', { body: `invalid sid value: ${A}` }],
    ['Node.js in Firefox', { dialect: 'firefox' }],
  ])('knows the words of %s', (_, parts) => {
    expect(hitsOf(stickySessionMissing, endpoint([handshake(), codeOne(A, 20, parts)]))).toHaveLength(1);
  });

  it('still speaks where the client aborts its other request after the refusal', () => {
    expect(hitsOf(stickySessionMissing, endpoint([handshake(), codeOne(), aborted(22, 30)]))).toHaveLength(1);
  });

  it.each<[string, JudgedExchange[]]>([
    ['a page that was left: a request was aborted before', [...openedByPolling(A), aborted(30, 10), codeOne(A, 41)]],
    ['a close that the client sent', [handshake(), codeOne(A, 20, { method: 'POST', requestBody: '1' })]],
    [
      'a close that raced a GET',
      [...openedByPolling(A), poll({ sid: A, at: 30, method: 'POST', requestBody: '1', body: 'ok' }), codeOne(A, 31)],
    ],
    ['a close that the server sent', [handshake(), poll({ sid: A, at: 10, body: '1' }), codeOne()]],
    ['a disconnect', [handshake(), poll({ sid: A, at: 10, body: '41' }), codeOne()]],
    ['a refused namespace', [handshake(), poll({ sid: A, at: 10, body: '44{"message":"no"}' }), codeOne()]],
    ['a move to WebSocket', [handshake(), poll({ sid: A, at: 10, body: '6' }), codeOne()]],
    [
      'a held request that a gateway ended',
      [...openedByPolling(A), poll({ sid: A, at: 30, status: 504 }), codeOne(A, 60)],
    ],
    [
      'an overlap',
      [
        handshake(),
        poll({ sid: A, at: 10, durationMs: 100, body: '2' }),
        poll({ sid: A, at: 15, status: 400, body: 'empty' }),
        codeOne(A, 150),
      ],
    ],
    ['another code', [handshake(), codeOne(A, 20, { body: '{"code":3,"message":"Bad request"}' })]],
    ['Python refusing the origin', [handshake(), codeOne(A, 20, { body: '"http://a is not an accepted origin."' })]],
    ['a sid whose handshake was not seen', [codeOne(A, 20)]],
  ])('is silent on %s', (_, exchanges) => {
    expect(hitsOf(stickySessionMissing, endpoint(exchanges))).toEqual([]);
  });

  it('is silent where several sids that worked die together', () => {
    const seen = endpoint([...openedByPolling(A), codeOne(A, 9000)], [...openedByPolling(B, 100), codeOne(B, 9010)]);
    expect(hitsOf(stickySessionMissing, seen)).toEqual([]);
  });

  it('is silent on healthy connections', () => {
    expect(hitsOf(stickySessionMissing, endpoint(openedByPolling(A), openedByPolling(B, 5000)))).toEqual([]);
  });
});
