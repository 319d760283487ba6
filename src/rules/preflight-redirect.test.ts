import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightRedirect } from './preflight-redirect.ts';

const QUERY = '?EIO=4&transport=polling&t=t1';
const redirected = (redirectUrl: string | undefined, status = 308) =>
  preflight({
    status,
    redirectUrl,
    response: { Location: redirectUrl ?? '' },
    ...refusal('PreflightDisallowedRedirect'),
  });

describe('preflight-redirect', () => {
  it('connects to the final address', () => {
    const hit = onlyHit(preflightRedirect, endpoint([redirected(`https://localhost:3443/socket.io/${QUERY}`)]));
    expect(hit.confidence).toBe('certain');
    expect(fixCode(hit, 'browser-client')).toContain('io("https://localhost:3443")');
  });

  it('takes over the path of the target', () => {
    const hit = onlyHit(preflightRedirect, endpoint([redirected(`http://localhost:3001/socket.io${QUERY}`)]));
    expect(fixCode(hit, 'browser-client')).toContain('path: "/socket.io"');
  });

  it('answers before the login where the target is a login page', () => {
    const hit = onlyHit(preflightRedirect, endpoint([redirected('http://localhost:3001/login', 302)]));
    expect(hit.page.title).toMatch(/Answer OPTIONS before the login$/);
    expect(hit.fixes.map(({ id }) => id)).toEqual(
      expect.not.arrayContaining(['browser-client', 'node-v3', 'caddy', 'aiohttp']),
    );
    expect(fixCode(hit, 'nginx')).toContain('return 204;');
    expect(fixCode(hit, 'haproxy')).toContain('http-request return status 204 if METH_OPTIONS');
    expect(fixCode(hit, 'apache')).toContain('R=204');
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"]`);
  });

  it('is silent on a 3xx without a target, on a good preflight, and on a redirected request', () => {
    const others = [
      [redirected(undefined, 304)],
      [preflight(), ...openedByPolling()],
      [poll({ status: 302, redirectUrl: 'http://a.example/' })],
    ];
    for (const other of others) expect(hitsOf(preflightRedirect, endpoint(other))).toEqual([]);
  });
});
