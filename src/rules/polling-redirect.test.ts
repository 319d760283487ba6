import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../model/session.ts';
import { diagnose } from '../testing/diagnose.ts';
import { endpoint, openedByPolling, poll, preflight, refusal, SERVER } from '../testing/endpoint.ts';
import { entry, PAGE, T0 } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { pollingRedirect } from './polling-redirect.ts';

const QUERY = '?EIO=4&transport=polling&t=x';
const hop = (redirectUrl: string, parts: Parameters<typeof poll>[0] = {}) =>
  poll({ status: 308, redirectUrl, ...refusal('MissingAllowOriginHeader'), ...parts });

describe('polling-redirect', () => {
  it.each([
    [`https://localhost:3001/socket.io/${QUERY}`, 'http-to-https'],
    [`https://localhost/socket.io/${QUERY}`, 'http-to-https'],
    [`${SERVER}/socket.io${QUERY}`, 'trailing-slash'],
    [`${SERVER}/login?next=%2Fsocket.io%2F`, 'login'],
    ['https://sso.example/oauth2/authorize?client_id=1', 'login'],
    [`${SERVER}/login${QUERY}`, 'login'],
    [`${SERVER}/auth/socket.io${QUERY}`, null],
    [`http://auth.example/socket.io/${QUERY}`, 'host'],
    [`http://chat.example/socket.io/${QUERY}`, 'host'],
    [`https://www.localhost:3001/socket.io/${QUERY}`, 'host'],
    [`http://localhost:4000/socket.io/${QUERY}`, 'host'],
    [`${SERVER}/en/socket.io/${QUERY}`, null],
  ])('%s: %s', (target, detail) => {
    const hit = onlyHit(pollingRedirect, endpoint([hop(target)]));
    expect(hit).toMatchObject({ detail, confidence: 'certain' });
    expect(hit.page.title).not.toContain('?');
  });

  it('has a cure for each', () => {
    const fix = (target: string, id: string) => fixCode(onlyHit(pollingRedirect, endpoint([hop(target)])), id);
    expect(fix(`https://localhost:3001/socket.io/${QUERY}`, 'browser-client')).toBe(
      'const socket = io("https://localhost:3001");',
    );
    expect(fix(`${SERVER}/socket.io${QUERY}`, 'next-config')).toContain('skipTrailingSlashRedirect = true');
    expect(fix(`${SERVER}/socket.io${QUERY}`, 'browser-client')).toContain('addTrailingSlash: false');
    expect(fix(`${SERVER}/login`, 'nginx')).toContain('auth_request off;');
    expect(fix(`${SERVER}/login`, 'apache')).toContain('Require all granted');
    expect(fix(`${SERVER}/login${QUERY}`, 'apache')).toContain('[END]');
    expect(() => fix(`${SERVER}/login${QUERY}`, 'nginx')).toThrow();
  });

  it('is certain while the target does not answer 404', () => {
    const to = `${SERVER}/socket.io${QUERY}`;
    expect(onlyHit(pollingRedirect, endpoint([hop(to)]))).toMatchObject({ confidence: 'certain' });
  });

  it('sees the end of the redirect that fails', () => {
    const missing = poll({ server: 'https://localhost:3001', status: 404 });
    const arrival = { from: `${SERVER}/socket.io/${QUERY}`, status: 308, to: missing.url, atMs: T0 - 5 };
    const there: Endpoint = { ...endpoint([missing]), arrivals: [arrival] };
    expect(onlyHit(pollingRedirect, there)).toMatchObject({
      detail: 'http-to-https',
      params: { status: '308' },
      confidence: 'likely',
      alternatives: ['wrong-path-404'],
    });
    expect(hitsOf(pollingRedirect, endpoint([missing]))).toEqual([]);
  });

  it('is silent where the connection works at the end of the redirect', () => {
    const followed = poll({ status: 308, redirectUrl: `http://chat.example/socket.io/${QUERY}` });
    expect(hitsOf(pollingRedirect, endpoint([followed]))).toEqual([]);
    const arrival = { from: `${SERVER}/x/${QUERY}`, status: 308, to: openedByPolling()[0]?.url ?? '', atMs: T0 };
    expect(hitsOf(pollingRedirect, { ...endpoint(openedByPolling()), arrivals: [arrival] })).toEqual([]);
  });

  it('is silent where what came by a redirect was opened, and is refused for a reason of its own', () => {
    const rejected = [
      ...openedByPolling('SID0000000000000AAAA').slice(0, 2),
      poll({ sid: 'SID0000000000000AAAA', at: 12, body: '44{"message":"forbidden"}' }),
    ];
    const arrival = { from: `${SERVER}/x/${QUERY}`, status: 308, to: rejected[0]?.url ?? '', atMs: T0 };
    expect(hitsOf(pollingRedirect, { ...endpoint(rejected), arrivals: [arrival] })).toEqual([]);
  });

  it('is silent on the browser’s own change to https', () => {
    const response = { 'Non-Authoritative-Reason': 'HSTS' };
    expect(hitsOf(pollingRedirect, endpoint([hop(`https://localhost:3001/socket.io/${QUERY}`, { response })]))).toEqual(
      [],
    );
  });

  it('is silent on a redirected preflight, and on other statuses', () => {
    expect(hitsOf(pollingRedirect, endpoint([preflight({ status: 308, redirectUrl: 'http://a.example/' })]))).toEqual(
      [],
    );
    expect(hitsOf(pollingRedirect, endpoint([poll({ status: 404 })]))).toEqual([]);
  });

  it('stands before what the target answers, whatever the order of the records', () => {
    const [from, to] = [`${SERVER}/socket.io/${QUERY}`, `${SERVER}/socket.io${QUERY}`];
    const allowed = { 'Access-Control-Allow-Origin': PAGE };
    const entries = [
      entry({ url: from, status: 308, responseHeaders: { ...allowed, Location: to } }),
      entry({ url: to, at: 3, status: 404, responseHeaders: allowed, body: 'Cannot GET /socket.io' }),
    ];
    for (const order of [entries, [...entries].reverse()]) {
      const { summary, findings } = diagnose(order);
      expect(summary).toMatchObject({ status: 'failing', rootCause: 'polling-redirect' });
      // Nobody answers at the target either, so the path may be wrong in the first place.
      expect(findings[0]).toMatchObject({ confidence: 'likely', alternatives: ['wrong-path-404'] });
      expect(findings.map(({ rule, causedBy }) => [rule, causedBy === null])).toEqual([
        ['polling-redirect', true],
        ['wrong-path-404', false],
      ]);
    }
  });
});
