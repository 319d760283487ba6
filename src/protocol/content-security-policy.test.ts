import { describe, expect, it } from 'vitest';
import chromium from '../testing/csp-cases.json' with { type: 'json' };
import {
  allowsConnection,
  connectDirective,
  parsePolicies,
  policiesInMarkup,
  tellingPart,
} from './content-security-policy.ts';

function allowed(value: string, url: string, pageOrigin: string): boolean {
  return parsePolicies(value).every((policy) => {
    const directive = connectDirective(policy);
    return directive === null || allowsConnection(directive.sources, url, pageOrigin);
  });
}

describe('what Chromium 156 really allowed', () => {
  const cases = chromium.pages.flatMap(({ origin, urls, allowed: bySource }) =>
    Object.entries(bySource).map(([source, urlsAllowed]) => ({ origin, source, urls, urlsAllowed })),
  );

  it.each(cases)('connect-src $source on $origin', ({ origin, source, urls, urlsAllowed }) => {
    expect(urls.filter((url) => allowed(`connect-src ${source}`, url, origin))).toEqual(
      urls.filter((url) => (urlsAllowed as string[]).includes(url)),
    );
  });
});

/** https://w3c.github.io/webappsec-csp/#match-paths and the examples of "Paths and redirects", "Source lists". */
describe('the standard’s own examples', () => {
  const page = 'https://example.org';
  it.each<[string, string, boolean]>([
    ["'none'", 'https://example.com/', false],
    ["'self'", 'https://example.org/a', true],
    ["'self'", 'https://example.com/a', false],
    ['*.example.com', 'https://sub.example.com/', true],
    ['*.example.com', 'https://example.com/', false],
    ['https://example.com:443', 'https://example.com/', true],
    ['http://example.com', 'https://example.com/', true],
    ['https://example.com', 'http://example.com/', false],
    ['https://example.com/path', 'https://example.com/path', true],
    ['https://example.com/path', 'https://example.com/path/file', false],
    ['https://example.com/path/', 'https://example.com/path/file', true],
    ['https://example.com/path/', 'https://example.com/path', false],
    ['https://example.com/path', 'https://example.com/PATH', false],
    ['HTTPS://EXAMPLE.COM/', 'https://example.com/', true],
  ])('%s and %s: %s', (source, url, expected) => {
    expect(allowed(`connect-src ${source}`, url, page)).toBe(expected);
  });
});

describe('parsePolicies', () => {
  it('takes every policy of a list: all have to allow', () => {
    expect(allowed('connect-src *, connect-src https://a.example', 'https://b.example/', 'https://a.example')).toBe(
      false,
    );
  });

  it('takes the first directive of a name, whatever its case', () => {
    const [policy] = parsePolicies("Connect-Src 'self'; connect-src *");
    expect(policy && connectDirective(policy)).toEqual({ name: 'connect-src', sources: ["'self'"] });
  });

  it('falls back on default-src, and without either forbids nothing', () => {
    const [fallback] = parsePolicies("default-src 'self'; script-src *");
    const [open] = parsePolicies("script-src 'self'");
    expect(fallback && connectDirective(fallback)?.name).toBe('default-src');
    expect(open && connectDirective(open)).toBeNull();
  });
});

describe('tellingPart', () => {
  it('keeps what decides about connections, and no nonce or report address', () => {
    const value = "script-src 'nonce-abc'; connect-src 'self' https://a.example; report-uri /r?key=1, img-src *";
    expect(tellingPart(value)).toBe("connect-src 'self' https://a.example");
  });
});

describe('policiesInMarkup', () => {
  it.each([
    [`<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">`, ["connect-src 'self'"]],
    [`<META content='default-src &#39;self&#39;' http-equiv=content-security-policy />`, ["default-src 'self'"]],
    [`<!-- <meta http-equiv="Content-Security-Policy" content="connect-src x"> -->`, []],
    ['<meta http-equiv="Content-Security-Policy-Report-Only" content="connect-src x">', []],
    ['<meta name="content-security-policy" content="connect-src x">', []],
  ])('%s', (html, expected) => {
    expect(policiesInMarkup(html)).toEqual(expected);
  });

  it('is quick on a hostile document', () => {
    const beganMs = performance.now();
    policiesInMarkup(`${'<meta '.repeat(10_000)}${'<!--'.repeat(10_000)}`);
    expect(performance.now() - beganMs).toBeLessThan(1_000);
  });
});
