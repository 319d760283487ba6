import { describe, expect, it } from 'vitest';
import { type ExchangeCase, endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { samesiteCookieBlocked } from './samesite-cookie-blocked.ts';

const SID = 'SID0000000000000AAAA';
const CODE_ONE = '{"code":1,"message":"Session ID unknown"}';

/** A handshake that sets the cookie, and the next request, which is refused. */
function refused(cookie: string, handshake: ExchangeCase = {}, next: ExchangeCase = {}) {
  const { response, ...rest } = handshake;
  return endpoint([
    poll({ body: openBody(SID), response: { 'Set-Cookie': cookie, ...response }, ...rest }),
    poll({ sid: SID, at: 20, status: 400, body: CODE_ONE, ...rest, ...next }),
  ]);
}

const CROSS: ExchangeCase = { request: { 'Sec-Fetch-Site': 'cross-site' }, cors: { credentials: 'include' } };

describe('samesite-cookie-blocked', () => {
  it.each(['Lax', 'Strict', 'strict'])('is certain for `SameSite=%s`', (value) => {
    const hit = onlyHit(samesiteCookieBlocked, refused(`SERVERID=1; SameSite=${value}`, CROSS));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'certain' });
    expect(fixCode(hit, 'haproxy')).toContain('SameSite=None');
    expect(hit.fixes.map(({ id }) => id)).not.toContain('node-v4');
  });

  it('corrects Engine.IO’s own cookie on the server, with leave for credentials', () => {
    const code = fixCode(onlyHit(samesiteCookieBlocked, refused('io=1; SameSite=Lax', CROSS)), 'node-v4');
    expect(code).toContain('sameSite: "none", secure: true');
    expect(code).toContain('credentials: true');
  });

  it('goes by the address where no cookie would be sent anyway', () => {
    const omits: ExchangeCase = { ...CROSS, cors: { credentials: 'omit' } };
    const hit = onlyHit(samesiteCookieBlocked, refused('SERVERID=1; SameSite=Lax', omits));
    expect(fixCode(hit, 'haproxy')).toContain('balance source');
  });

  it.each(['SERVERID=1', 'SERVERID=1; SameSite=None'])('is likely for `%s`', (cookie) => {
    expect(onlyHit(samesiteCookieBlocked, refused(cookie, CROSS)).confidence).toBe('likely');
  });

  it('knows another site by its name where the browser does not say it', () => {
    const elsewhere = { page: 'http://127.0.0.1:3000' };
    expect(hitsOf(samesiteCookieBlocked, refused('SERVERID=1; SameSite=Lax', elsewhere))).toHaveLength(1);
    const unclear = { page: 'https://a.example.com', server: 'https://b.example.com' };
    expect(hitsOf(samesiteCookieBlocked, refused('SERVERID=1; SameSite=Lax', unclear))).toEqual([]);
  });

  it.each([
    ['attributes that let it through', refused('SERVERID=1; SameSite=None; Secure', CROSS)],
    ['the same site', refused('SERVERID=1; SameSite=Lax', { request: { 'Sec-Fetch-Site': 'same-site' } })],
    [
      'a cookie that does come back',
      refused('SERVERID=1; SameSite=Lax', CROSS, { request: { ...CROSS.request, Cookie: 'SERVERID=1' } }),
    ],
    ['a cookie of another kind', refused('session=1; SameSite=Strict', CROSS)],
    ['a healthy connection', endpoint(openedByPolling(SID))],
  ])('is silent on %s', (_, seen) => {
    expect(hitsOf(samesiteCookieBlocked, seen)).toEqual([]);
  });
});
