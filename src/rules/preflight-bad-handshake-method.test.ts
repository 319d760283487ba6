import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightBadHandshakeMethod } from './preflight-bad-handshake-method.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** OPTIONS to Socket.IO 4.8 without `cors`. */
const refused = (parts: Parameters<typeof preflight>[0] = {}) =>
  preflight({ status: 400, response: JSON_TYPE, ...refusal('PreflightMissingAllowOriginHeader'), ...parts });
const unsent = poll({ status: 0, error: 'net::ERR_FAILED', ...refusal('PreflightMissingAllowOriginHeader') });

describe('preflight-bad-handshake-method', () => {
  it('names the header that forces the preflight, and enables CORS', () => {
    const hit = onlyHit(preflightBadHandshakeMethod, endpoint([refused(), unsent]));
    expect(hit.exchanges).toHaveLength(1);
    expect(hit.confidence).toBe('likely');
    expect(hit.page.explanation).toContain('`x-token`');
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"]`);
  });

  it('gives a v2 server its own way of answering', () => {
    const named = { ...JSON_TYPE, 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Credentials': 'true' };
    const hit = onlyHit(
      preflightBadHandshakeMethod,
      endpoint([refused({ eio: 3, response: named, ...refusal('PreflightInvalidStatus') })]),
    );
    const code = fixCode(hit, 'node-v2');
    expect(code).toContain('handlePreflightRequest');
    expect(code).toContain('"Access-Control-Allow-Headers": "x-token"');
    const ids = hit.fixes.map(({ id }) => id);
    expect(ids).toEqual(['node-v2', 'nginx', 'haproxy', 'apache', 'caddy']);
  });

  it('is silent on a good preflight and on a healthy connection', () => {
    expect(hitsOf(preflightBadHandshakeMethod, endpoint([preflight(), ...openedByPolling()]))).toEqual([]);
  });

  it.each([
    ['a sid', { sid: 'SID0000000000000AAAA' }],
    ['another status', { status: 404 }],
    ['a 400 that is not JSON', { response: { 'Content-Type': 'text/html' } }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(preflightBadHandshakeMethod, endpoint([refused(parts)]))).toEqual([]);
  });

  it('is silent on a 400 to the request itself', () => {
    expect(hitsOf(preflightBadHandshakeMethod, endpoint([poll({ status: 400, response: JSON_TYPE })]))).toEqual([]);
  });

  it('is over once a preflight passes, although the request then fails', () => {
    const later = endpoint([preflight({ at: 9000 }), poll({ at: 9001, ...refusal('AllowOriginMismatch') })]).sessions;
    expect(later.some((session) => preflightBadHandshakeMethod.isOver?.(session))).toBe(true);
  });
});
