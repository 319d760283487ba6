import { describe, expect, it } from 'vitest';
import { type ExchangeCase, endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { stickyCookieNotSent } from './sticky-cookie-not-sent.ts';

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

const CROSS = { 'Sec-Fetch-Site': 'cross-site' };
const OMITS = { cors: { credentials: 'omit' as const } };
const SENDS = { cors: { credentials: 'include' as const } };

describe('sticky-cookie-not-sent', () => {
  it.each([
    'SERVERID=node1; path=/',
    'AWSALB=x; Path=/',
    'AWSALBCORS=x; SameSite=None; Secure',
    'route=1',
    'server_id=2',
    'io=abc',
  ])('is likely where the next request lacks `%s`', (cookie) => {
    const hit = onlyHit(stickyCookieNotSent, refused(cookie));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'likely' });
    expect(fixCode(hit, 'node-v4')).toContain('credentials: true');
    expect(fixCode(hit, 'node-v4')).toContain(
      '// in the page: const socket = io("http://localhost:3001", { withCredentials: true });',
    );
    expect(hit.fixes.map(({ id }) => id)).not.toContain('browser-client');
  });

  it('leaves the server as it is where that allows credentials already', () => {
    const allows = { response: { 'Access-Control-Allow-Credentials': 'true' } };
    const hit = onlyHit(stickyCookieNotSent, refused('SERVERID=node1; path=/', allows));
    expect(fixCode(hit, 'browser-client')).toContain('withCredentials: true');
    expect(hit.fixes.map(({ id }) => id)).not.toContain('node-v4');
  });

  it('keeps the cookie’s value out of what it says', () => {
    expect(JSON.stringify(onlyHit(stickyCookieNotSent, refused('SERVERID=secret-node; path=/')))).not.toContain(
      'secret-node',
    );
  });

  it('speaks across sites where the client sends no credentials, whatever the attributes', () => {
    expect(hitsOf(stickyCookieNotSent, refused('SERVERID=1; SameSite=Lax', { request: CROSS, ...OMITS }))).toHaveLength(
      1,
    );
  });

  it('leaves to other rules what comes of attributes or of the browser', () => {
    expect(hitsOf(stickyCookieNotSent, refused('SERVERID=1; SameSite=Lax', { request: CROSS, ...SENDS }))).toEqual([]);
    expect(
      hitsOf(stickyCookieNotSent, refused('SERVERID=1; SameSite=None; Secure', { request: CROSS, ...SENDS })),
    ).toEqual([]);
  });

  it.each([
    ['a cookie that does come back', refused('SERVERID=1', {}, { request: { Cookie: 'a=b; SERVERID=1' } })],
    ['a cookie of another kind', refused('session=abc; HttpOnly')],
    [
      'request headers that are not all shown',
      endpoint([
        poll({ body: openBody(SID), response: { 'Set-Cookie': 'SERVERID=1' } }),
        { ...poll({ sid: SID, at: 20, status: 400, body: CODE_ONE }), requestHeadersComplete: false },
      ]),
    ],
    [
      'a cookie that is not needed',
      endpoint([
        poll({ body: openBody(SID), response: { 'Set-Cookie': 'SERVERID=1' } }),
        poll({ sid: SID, at: 20, body: '40{"sid":"x"}' }),
      ]),
    ],
    ['a healthy connection', endpoint(openedByPolling(SID))],
  ])('is silent on %s', (_, seen) => {
    expect(hitsOf(stickyCookieNotSent, seen)).toEqual([]);
  });
});
