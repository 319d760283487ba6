import { describe, expect, it } from 'vitest';
import { checkRedirectTarget, isRedirect, originAfterRedirect } from './redirect.ts';

const PAGE = 'http://localhost:3000';
const A = 'http://localhost:3001/';
const B = 'https://b.test/';

describe('isRedirect', () => {
  it('needs a status and somewhere to go', () => {
    const location = [{ name: 'location', value: '/x' }];
    expect(isRedirect({ status: 308, headers: location })).toBe(true);
    expect(isRedirect({ status: 304, headers: location })).toBe(false);
    expect(isRedirect({ status: 302, headers: [] })).toBe(false);
    expect(isRedirect({ status: 302, headers: [{ name: 'Location', value: ' ' }] })).toBe(false);
  });
});

describe('checkRedirectTarget', () => {
  it('lets a request go on to http and https only', () => {
    expect(checkRedirectTarget(PAGE, B, true)).toBeNull();
    expect(checkRedirectTarget(PAGE, 'ftp://b.test/', true)?.error).toBe('CorsDisabledScheme');
    expect(checkRedirectTarget(PAGE, 'custom-app://x', false)?.error).toBe('CorsDisabledScheme');
  });

  it.each(['http://user@localhost:3000/', 'http://:pw@localhost:3000/'])(
    'allows userinfo within the own origin: %s',
    (url) => {
      expect(checkRedirectTarget(PAGE, url, false)).toBeNull();
      expect(checkRedirectTarget(PAGE, url, true)?.error).toBe('RedirectContainsCredentials');
      expect(checkRedirectTarget('null', url, false)?.error).toBe('RedirectContainsCredentials');
    },
  );
});

describe('originAfterRedirect', () => {
  it.each([
    ['same origin to another', `${PAGE}/`, A, PAGE],
    ['within another origin', A, `${A}x`, PAGE],
    ['from another origin to a third', A, B, 'null'],
    ['from another origin back home', A, `${PAGE}/`, 'null'],
  ])('%s', (_, from, to, expected) => {
    expect(originAfterRedirect(PAGE, from, to)).toBe(expected);
  });

  it('stays tainted', () => {
    expect(originAfterRedirect('null', A, A)).toBe('null');
  });
});
