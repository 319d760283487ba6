import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, preflight, refusal, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { apiAuth401 } from './api-auth-401.ts';

const HTML = { 'Content-Type': 'text/html' };
const TEXT = { 'Content-Type': 'text/plain' };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const withheld = refusal('MissingAllowOriginHeader');

describe('api-auth-401', () => {
  it('is certain where the answer can be read, or asks for a password', () => {
    const body = '{"error":"login required"}';
    const hit = onlyHit(apiAuth401, endpoint([poll({ status: 401, response: JSON_TYPE, body })]));
    expect(hit.confidence).toBe('certain');
    expect(fixCode(hit, 'nginx')).toContain('auth_basic off;');
    expect(fixCode(hit, 'haproxy')).toContain('http-request allow if { path_beg /socket.io/ }');
    expect(fixCode(hit, 'apache')).toContain('Require all granted');
    expect(fixCode(hit, 'browser-client')).toContain('withCredentials: true');
    const asking = { ...HTML, 'WWW-Authenticate': 'Basic realm="x"' };
    expect(onlyHit(apiAuth401, endpoint([poll({ status: 401, response: asking, ...withheld })])).confidence).toBe(
      'certain',
    );
  });

  it('is likely where it is withheld', () => {
    expect(onlyHit(apiAuth401, endpoint([poll({ status: 401, ...withheld })])).confidence).toBe('likely');
    expect(onlyHit(apiAuth401, endpoint([poll({ status: 403, response: HTML, ...withheld })])).confidence).toBe(
      'likely',
    );
  });

  it('sees the handshake of a WebSocket-only client', () => {
    const socketErrors = ['Error during WebSocket handshake: Unexpected response code: 401'];
    const hit = onlyHit(apiAuth401, endpoint([webSocket({ socketErrors })]));
    expect(hit).toMatchObject({ confidence: 'likely', alternatives: ['ws-upgrade-other-status'] });
  });

  it('does not ask for cookies that are sent', () => {
    const exchange = poll({ status: 401, body: 'no', cors: { credentials: 'include' } });
    expect(onlyHit(apiAuth401, endpoint([exchange])).fixes.map(({ id }) => id)).toEqual(['nginx', 'haproxy', 'apache']);
  });

  it.each([
    ['`allowRequest`', poll({ status: 403, response: JSON_TYPE, body: '{"code":4,"message":"Forbidden"}' })],
    ['`allowRequest`, withheld', poll({ status: 403, response: JSON_TYPE, ...withheld })],
    ['a withheld 403 of Python', poll({ status: 403, response: TEXT, ...withheld })],
    ['Python’s connect handler', poll({ status: 401, response: TEXT, body: '"Unauthorized"' })],
    ['a preflight', preflight({ status: 401 })],
    [
      'a WebSocket’s 403',
      webSocket({ socketErrors: ['Error during WebSocket handshake: Unexpected response code: 403'] }),
    ],
    ['other statuses', poll({ status: 404, body: 'no' })],
  ])('is silent on %s', (_, exchange) => {
    expect(hitsOf(apiAuth401, endpoint([exchange]))).toEqual([]);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(apiAuth401, endpoint(openedByPolling()))).toEqual([]);
  });
});
