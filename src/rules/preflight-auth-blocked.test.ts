import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightAuthBlocked } from './preflight-auth-blocked.ts';

const asked = { 'Access-Control-Request-Headers': 'authorization' };
const challenged = (status: number, response = {}) =>
  preflight({ status, request: asked, response, ...refusal('PreflightMissingAllowOriginHeader') });
const ASKS = { 'WWW-Authenticate': 'Basic realm="restricted"' };

describe('preflight-auth-blocked', () => {
  it.each([401, 403, 407])('lets OPTIONS through where it gets %i, although the origin is missing too', (status) => {
    const hit = onlyHit(preflightAuthBlocked, endpoint([challenged(status)]));
    expect(hit.page.title).toContain(`\`${status}\``);
    expect(fixCode(hit, 'nginx')).toContain('return 204;');
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"]`);
    expect(fixCode(hit, 'browser-client')).toMatch(/auth: \{\n\s+"authorization":/);
  });

  it('passes OPTIONS on where a proxy asks for a password', () => {
    const hit = onlyHit(preflightAuthBlocked, endpoint([challenged(401, ASKS)]));
    expect(fixCode(hit, 'nginx')).toContain('limit_except OPTIONS');
    expect(fixCode(hit, 'haproxy')).toContain('http-request allow if METH_OPTIONS');
    expect(fixCode(hit, 'apache')).toContain('Require method OPTIONS');
  });

  it('has the proxy answer where that names an origin itself, and no Caddy, which asks for logins first', () => {
    const response = { ...ASKS, 'Access-Control-Allow-Origin': PAGE };
    const hit = onlyHit(preflightAuthBlocked, endpoint([challenged(401, response)]));
    expect(fixCode(hit, 'nginx')).toContain('return 204;');
    expect(hit.fixes.map(({ id }) => id)).not.toContain('caddy');
  });

  it('is silent on a good preflight and on a healthy connection', () => {
    expect(hitsOf(preflightAuthBlocked, endpoint([preflight({ request: asked }), ...openedByPolling()]))).toEqual([]);
  });

  it('is silent on a 401 to the request itself, and on another status', () => {
    expect(hitsOf(preflightAuthBlocked, endpoint([poll({ status: 401 })], [preflight({ status: 404 })]))).toEqual([]);
  });
});
