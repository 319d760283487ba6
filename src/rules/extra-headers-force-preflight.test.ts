import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { extraHeadersForcePreflight } from './extra-headers-force-preflight.ts';

const asked = (names: string, method = 'GET') => ({
  'Access-Control-Request-Headers': names,
  'Access-Control-Request-Method': method,
});
const OURS = { 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Headers': 'authorization,x-token' };

describe('extra-headers-force-preflight', () => {
  it('says where the value travels without a preflight', () => {
    const passed = preflight({ request: asked('authorization,x-token'), response: OURS });
    const hit = onlyHit(extraHeadersForcePreflight, endpoint([passed, ...openedByPolling()]));
    expect([hit.severity, hit.confidence]).toEqual(['info', 'hint']);
    expect(hit.page.title).toContain('`authorization, x-token`');
    expect(fixCode(hit, 'browser-client')).toMatch(/auth: \{[^}]*"authorization"[^}]*"x-token"/);
  });

  it('says so of a preflight that fails, too', () => {
    const failed = preflight({ status: 404, ...refusal('PreflightMissingAllowOriginHeader') });
    expect(onlyHit(extraHeadersForcePreflight, endpoint([failed])).severity).toBe('info');
  });

  it('has no snippet for a v2 client, which has no `auth`', () => {
    expect(onlyHit(extraHeadersForcePreflight, endpoint([preflight({ eio: 3, response: OURS })])).fixes).toEqual([]);
  });

  it.each<[string, Parameters<typeof preflight>[0]]>([
    ['the library’s own content type', { request: asked('content-type', 'POST') }],
    ['a content type besides', { request: asked('content-type,x-token', 'POST') }],
    ['a method that has to be asked for anyway', { request: asked('x-token', 'PUT') }],
    ['a header that no request has', { request: asked('access-control-allow-origin') }],
    ['no answer', { status: 0 }],
  ])('is silent: %s', (_, parts) => {
    expect(hitsOf(extraHeadersForcePreflight, endpoint([preflight(parts)]))).toEqual([]);
  });

  it('is silent where there is no preflight', () => {
    const unasked = poll({ request: { 'X-Token': 'a' }, page: 'http://localhost:3001' });
    expect(hitsOf(extraHeadersForcePreflight, endpoint([unasked]))).toEqual([]);
  });
});
