import { describe, expect, it } from 'vitest';
import type { JudgedExchange } from '../model/exchange.ts';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal, SERVER } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightCachedStale } from './preflight-cached-stale.ts';

/** `timestampRequests: false`: every handshake has this address. */
const URL_ = `${SERVER}/socket.io/?EIO=4&transport=polling`;
const at = (exchange: JudgedExchange): JudgedExchange => ({ ...exchange, url: URL_ });

const TOKEN = { 'X-Token': 'a' };
const permission = (age: string | null, parts: Parameters<typeof preflight>[0] = {}) =>
  at(
    preflight({
      response: {
        'Access-Control-Allow-Origin': PAGE,
        'Access-Control-Allow-Headers': 'x-token',
        ...(age !== null && { 'Access-Control-Max-Age': age }),
      },
      ...parts,
    }),
  );
const refused = (parts: Parameters<typeof poll>[0] = {}) =>
  at(poll({ at: 60_000, request: TOKEN, ...refusal('MissingAllowOriginHeader'), ...parts }));

describe('preflight-cached-stale', () => {
  it('says that the browser did not ask again, and how long it will not', () => {
    const hit = onlyHit(preflightCachedStale, endpoint([permission('600'), ...openedByPolling()], [refused()]));
    expect([hit.severity, hit.confidence]).toEqual(['info', 'hint']);
    expect(hit.page.title).toContain('600 s');
    expect(hit.evidence).toContainEqual(expect.objectContaining({ name: 'Access-Control-Max-Age', actual: '600' }));
  });

  it('goes by the browser’s own limit', () => {
    const hit = onlyHit(preflightCachedStale, endpoint([permission('86400')], [refused()]));
    expect(hit.page.title).toContain('7200 s');
    expect(hitsOf(preflightCachedStale, endpoint([permission('86400')], [refused({ at: 7_201_000 })]))).toEqual([]);
  });

  it('sees it at once, when the next connection follows in the same moment', () => {
    const first = [at(poll({ request: TOKEN, body: 'hidden' })), permission('600', { at: 3 })];
    expect(hitsOf(preflightCachedStale, endpoint(first, [refused({ at: 200 })]))).toHaveLength(1);
  });

  it('counts an error status', () => {
    const forbidden = at(poll({ at: 60_000, status: 403, request: TOKEN }));
    expect(hitsOf(preflightCachedStale, endpoint([permission('600')], [forbidden]))).toHaveLength(1);
  });

  it.each<[string, JudgedExchange[][]]>([
    ['no Max-Age', [[permission(null)], [refused()]]],
    ['a permission that has run out', [[permission('30')], [refused()]]],
    ['a permission that was refused', [[permission('600', refusal('PreflightAllowOriginMismatch'))], [refused()]]],
    ['a preflight of its own', [[permission('600')], [permission('600', { at: 60_001 }), refused()]]],
    ['a request without the header', [[permission('600')], [refused({ request: {} })]]],
    ['another address, as `t=` makes it', [[permission('600')], [{ ...refused(), url: `${URL_}&t=abc` }]]],
    ['a request that works', [[permission('600')], [at(poll({ at: 60_000, request: TOKEN }))]]],
  ])('is silent: %s', (_, attempts) => {
    expect(hitsOf(preflightCachedStale, endpoint(...attempts))).toEqual([]);
  });

  it('is over once the browser has asked again', () => {
    const later = endpoint([permission('600', { at: 90_000 }), refused({ at: 90_001 })]).sessions[0];
    const same = endpoint([refused({ at: 90_000 })]).sessions[0];
    expect([later, same].map((session) => session && preflightCachedStale.isOver?.(session))).toEqual([true, false]);
  });
});
