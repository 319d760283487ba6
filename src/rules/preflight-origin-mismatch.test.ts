import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightOriginMismatch } from './preflight-origin-mismatch.ts';

const allowing = (origin: string, parts: Parameters<typeof preflight>[0] = {}) =>
  preflight({
    response: { 'Access-Control-Allow-Origin': origin },
    ...refusal('PreflightAllowOriginMismatch'),
    ...parts,
  });

describe('preflight-origin-mismatch', () => {
  it.each([
    ['http://localhost:3000/', 'trailing-slash'],
    ['http://127.0.0.1:3000', 'loopback-alias'],
    ['null', 'other'],
  ])('names how %s misses the page: %s', (allowed, detail) => {
    const hit = onlyHit(preflightOriginMismatch, endpoint([allowing(allowed)]));
    expect(hit.detail).toBe(detail);
    expect(hit.page.title).toContain(`\`${allowed}\``);
    expect(fixCode(hit, 'node-v4')).toContain(`"${PAGE}"`);
    expect(fixCode(hit, 'node-v4')).not.toContain('"null"');
  });

  it('sees a value that is no URL at all', () => {
    expect(
      onlyHit(preflightOriginMismatch, endpoint([allowing('localhost', refusal('PreflightInvalidAllowOriginValue'))]))
        .detail,
    ).toBe('other');
  });

  it('gives an opaque page an origin instead of listing `null`', () => {
    const hit = onlyHit(
      preflightOriginMismatch,
      endpoint([allowing('http://a.example', { page: 'null', pageUrl: null })]),
    );
    expect(hit.fixes.map(({ code }) => code).join()).not.toContain('"null"');
  });

  it('is silent on a bad status, on a good preflight and on a request', () => {
    const request = poll({
      response: { 'Access-Control-Allow-Origin': 'http://a.example' },
      ...refusal('AllowOriginMismatch'),
    });
    for (const other of [
      [allowing('http://a.example', { status: 404 })],
      [preflight(), ...openedByPolling()],
      [request],
    ]) {
      expect(hitsOf(preflightOriginMismatch, endpoint(other))).toEqual([]);
    }
  });
});
