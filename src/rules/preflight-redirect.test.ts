import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, preflight, refusal } from '../testing/endpoint.ts';
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

  it('offers no address where the target is a login page', () => {
    expect(onlyHit(preflightRedirect, endpoint([redirected('http://localhost:3001/login', 302)])).fixes).toEqual([]);
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
