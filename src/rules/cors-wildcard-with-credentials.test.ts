import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsWildcardWithCredentials } from './cors-wildcard-with-credentials.ts';

const ANY = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/plain; charset=UTF-8' };
const blocked = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ response: ANY, ...refusal('WildcardOriginNotAllowed', { credentials: 'include' }), ...parts });

describe('cors-wildcard-with-credentials', () => {
  it('is likely where only the refusal shows the cookies', () => {
    expect(onlyHit(corsWildcardWithCredentials, endpoint([blocked()])).confidence).toBe('likely');
  });

  it.each([
    ['a cookie', { request: { Cookie: 'session=secret; theme=dark' } }],
    ['Sec-Fetch-Storage-Access', { request: { 'Sec-Fetch-Storage-Access': 'active' } }],
    ['a v2 client', { eio: 3 }],
  ])('is certain with %s', (_, parts) => {
    expect(onlyHit(corsWildcardWithCredentials, endpoint([blocked(parts)])).confidence).toBe('certain');
  });

  it('shows which cookies, and never their values', () => {
    const hit = onlyHit(
      corsWildcardWithCredentials,
      endpoint([blocked({ request: { Cookie: 'session=secret; theme=dark' } })]),
    );
    expect(hit.evidence).toContainEqual(expect.objectContaining({ name: 'Cookie', actual: 'session, theme' }));
    expect(JSON.stringify(hit)).not.toContain('secret');
  });

  it('prescribes the origin and credentials together', () => {
    const code = fixCode(onlyHit(corsWildcardWithCredentials, endpoint([blocked()])), 'node-v4');
    expect(code).toContain(`origin: ["${PAGE}"]`);
    expect(code).toContain('credentials: true');
    expect(code).not.toContain('"*"');
  });

  it('is silent on `*` without cookies, which works', () => {
    expect(hitsOf(corsWildcardWithCredentials, endpoint([poll({ response: ANY, cors: { verdict: 'pass' } })]))).toEqual(
      [],
    );
  });

  it('is silent while the mode is undecided', () => {
    const undecided = {
      verdict: 'unknown' as const,
      candidates: [{ error: 'WildcardOriginNotAllowed' as const, parameter: null }],
    };
    expect(hitsOf(corsWildcardWithCredentials, endpoint([poll({ response: ANY, cors: undecided })]))).toEqual([]);
  });

  it('is silent on a healthy connection and on an error status', () => {
    expect(hitsOf(corsWildcardWithCredentials, endpoint(openedByPolling()))).toEqual([]);
    expect(hitsOf(corsWildcardWithCredentials, endpoint([blocked({ status: 400 })]))).toEqual([]);
  });
});
