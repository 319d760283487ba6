import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, refusal } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsOriginMismatch } from './cors-origin-mismatch.ts';
import { corsVaryMissing } from './cors-vary-missing.ts';

const OTHER = 'https://other.example';
const reflected = (headers: Record<string, string>) =>
  poll({ response: { 'Access-Control-Allow-Origin': PAGE, ...headers }, body: openBody('SID1') });
const cached = (headers: Record<string, string>) =>
  poll({
    response: { 'Access-Control-Allow-Origin': OTHER, ...headers },
    ...refusal('AllowOriginMismatch', { parameter: OTHER }),
  });

describe('cors-vary-missing', () => {
  it.each<Record<string, string>>([
    { Age: '0' },
    { 'X-Cache': 'Miss from cloudfront' },
    { 'CF-Cache-Status': 'MISS' },
    { 'X-Cache': 'HIT', 'Cache-Control': 'no-store' },
    { Age: '7', Vary: 'Accept-Encoding', 'Cache-Control': 'private' },
  ])('warns of a cache that may mix up origins: %j', (headers) => {
    const hit = onlyHit(corsVaryMissing, endpoint([reflected(headers)]));
    expect([hit.severity, hit.confidence]).toEqual(['warning', 'likely']);
    expect(hit.evidence).toContainEqual(expect.objectContaining({ name: 'Vary', expected: 'Origin' }));
    expect(fixCode(hit, 'node-v4')).toContain('no-store');
  });

  it('is certain once this page got the answer to another', () => {
    const target = endpoint([cached({ Age: '12' })]);
    const hit = onlyHit(corsVaryMissing, target);
    expect(hit.confidence).toBe('certain');
    expect(hit.page.explanation).toContain('the browser withheld it');
    const mismatch = onlyHit(corsOriginMismatch, target);
    expect([mismatch.confidence, mismatch.alternatives]).toEqual(['likely', ['cors-vary-missing']]);
    expect(fixCode(mismatch, 'nginx')).toContain('proxy_cache off;');
  });

  it('leaves another origin that is no cache’s to cors-origin-mismatch', () => {
    const others: Record<string, string>[] = [{}, { Age: '0' }, { Age: '12', Vary: 'Origin' }];
    for (const headers of others) {
      const target = endpoint([cached(headers)]);
      expect(hitsOf(corsVaryMissing, target)).toEqual([]);
      expect(onlyHit(corsOriginMismatch, target)).toMatchObject({ confidence: 'certain' });
    }
  });

  it.each<Record<string, string>>([
    {},
    { Age: '7', Vary: 'Origin' },
    { Age: '7', Vary: '*' },
    { Age: '7', Vary: 'Accept-Encoding, origin' },
    { Age: '7', 'Access-Control-Allow-Origin': '*' },
    { 'X-Cache': 'MISS', 'Cache-Control': 'no-store' },
    { Age: '0', 'Cache-Control': 'private, max-age=0' },
    { 'CF-Cache-Status': 'DYNAMIC' },
    { 'CF-Cache-Status': 'BYPASS' },
  ])('is silent: %j', (headers) => {
    expect(hitsOf(corsVaryMissing, endpoint([reflected(headers)]))).toEqual([]);
  });

  it('is silent on a healthy connection, on an error page and on the same origin', () => {
    const error = poll({ status: 502, response: { 'Access-Control-Allow-Origin': PAGE, Age: '7' } });
    const same = poll({ response: { Age: '7' }, cors: { verdict: 'not-applicable' }, body: openBody('SID1') });
    for (const exchanges of [openedByPolling(), [error], [same]])
      expect(hitsOf(corsVaryMissing, endpoint(exchanges))).toEqual([]);
  });
});
