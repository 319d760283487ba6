import { describe, expect, it } from 'vitest';
import { type ExchangeCase, endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { thirdPartyCookieBlocked } from './third-party-cookie-blocked.ts';

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
const RIGHT = 'SERVERID=1; Path=/; Secure; SameSite=None';

describe('third-party-cookie-blocked', () => {
  it('hints where attributes and credentials are right and the cookie still does not come back', () => {
    const hit = onlyHit(thirdPartyCookieBlocked, refused(RIGHT, CROSS));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'hint' });
    expect(hit.fixes.map(({ id }) => id)).toEqual(['nginx', 'haproxy', 'caddy', 'ingress-nginx', 'browser-client']);
  });

  it.each([
    ['attributes that keep it back', refused('SERVERID=1; SameSite=Lax', CROSS)],
    ['a client that may send no credentials', refused(RIGHT, { request: CROSS.request ?? {} })],
    ['the same site', refused(RIGHT, { request: { 'Sec-Fetch-Site': 'same-site' }, cors: { credentials: 'include' } })],
    ['a cookie that does come back', refused(RIGHT, CROSS, { request: { ...CROSS.request, Cookie: 'SERVERID=1' } })],
    ['a healthy connection', endpoint(openedByPolling(SID))],
  ])('is silent on %s', (_, seen) => {
    expect(hitsOf(thirdPartyCookieBlocked, seen)).toEqual([]);
  });
});
