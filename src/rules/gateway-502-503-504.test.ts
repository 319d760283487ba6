import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, preflight, refusal, SERVER, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { gateway502503504 } from './gateway-502-503-504.ts';

const SID = 'SID0000000000000AAAA';
const answered = (status: number, parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status, response: { Server: 'nginx/1.22.1' }, ...refusal('MissingAllowOriginHeader'), ...parts });

describe('gateway-502-503-504', () => {
  it.each([502, 503, 504, 521])('%d on the handshake', (status) => {
    const hit = onlyHit(gateway502503504, endpoint([answered(status)]));
    expect(hit.confidence).toBe('certain');
    expect(hit.evidence).toContainEqual(expect.objectContaining({ name: 'Server', actual: 'nginx/1.22.1' }));
  });

  it.each<[number, string[]]>([
    [502, ['nginx', 'haproxy', 'apache', 'caddy', 'traefik', 'ingress-nginx']],
    [503, ['haproxy', 'apache', 'caddy', 'traefik', 'ingress-nginx']],
    [504, ['nginx', 'haproxy', 'apache', 'caddy', 'traefik', 'ingress-nginx', 'webpack']],
    [521, []],
  ])('%d: the proxies that say so', (status, expected) => {
    const { fixes } = onlyHit(gateway502503504, endpoint([answered(status, { page: SERVER })]));
    expect(fixes.map(({ id }) => id)).toEqual(expected);
  });

  it('offers the proxy first whose page it is', () => {
    const body =
      '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n';
    const own = poll({ status: 503, page: SERVER, body });
    const hit = onlyHit(gateway502503504, endpoint([own]));
    expect(hit.fixes[0]?.id).toBe('haproxy');
    expect(fixCode(hit, 'haproxy')).toContain('use_backend socketio if { path_beg /socket.io/ }');
  });

  it('sees a slow one too, and a POST of a session', () => {
    expect(hitsOf(gateway502503504, endpoint([answered(503, { durationMs: 3_000 })]))).toHaveLength(1);
    const post = answered(504, { method: 'POST', sid: SID, at: 30 });
    expect(hitsOf(gateway502503504, endpoint([...openedByPolling(SID), post]))).toHaveLength(1);
  });

  it('sees a server that goes away under a poll', () => {
    expect(
      hitsOf(gateway502503504, endpoint([...openedByPolling(SID), answered(502, { sid: SID, at: 30 })])),
    ).toHaveLength(1);
  });

  it.each([503, 504, 524])('leaves %d on a held poll to another rule', (status) => {
    const held = answered(status, { sid: SID, at: 30, durationMs: 60_000 });
    expect(hitsOf(gateway502503504, endpoint([...openedByPolling(SID), held]))).toEqual([]);
  });

  it('sees the handshake of a WebSocket-only client, and no upgrade beside polling that works', () => {
    const socketErrors = ['Error during WebSocket handshake: Unexpected response code: 502'];
    expect(onlyHit(gateway502503504, endpoint([webSocket({ socketErrors })])).confidence).toBe('likely');
    expect(hitsOf(gateway502503504, endpoint(openedByPolling(SID), [webSocket({ socketErrors, at: 90 })]))).toEqual([]);
  });

  it('is silent on a healthy connection, on other statuses, on preflights, and on hosts that run functions', () => {
    expect(hitsOf(gateway502503504, endpoint(openedByPolling(SID)))).toEqual([]);
    for (const status of [400, 404, 500]) expect(hitsOf(gateway502503504, endpoint([answered(status)]))).toEqual([]);
    expect(hitsOf(gateway502503504, endpoint([preflight({ status: 502 })]))).toEqual([]);
    expect(hitsOf(gateway502503504, endpoint([answered(504, { response: { 'x-vercel-id': 'a' } })]))).toEqual([]);
  });

  it('is over once the handshake is answered otherwise', () => {
    const [later] = endpoint([poll({ at: 9000, ...refusal('MissingAllowOriginHeader') })]).sessions;
    expect(later && gateway502503504.isOver?.(later)).toBe(true);
  });
});
