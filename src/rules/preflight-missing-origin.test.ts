import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightMissingOrigin } from './preflight-missing-origin.ts';

const bare = (parts: Parameters<typeof preflight>[0] = {}) =>
  preflight({ response: { Vary: 'Origin' }, ...refusal('PreflightMissingAllowOriginHeader'), ...parts });

describe('preflight-missing-origin', () => {
  it('adds the page’s origin', () => {
    const hit = onlyHit(preflightMissingOrigin, endpoint([bare()]));
    expect(hit.page.explanation).toContain(`Add \`${PAGE}\` to \`cors.origin\``);
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"]`);
  });

  it('gives an opaque page an origin instead of listing `null`', () => {
    const hit = onlyHit(preflightMissingOrigin, endpoint([bare({ page: 'null', pageUrl: null })]));
    expect(hit.page.explanation).toContain('serve it over http or https');
    expect(hit.fixes.map(({ code }) => code).join()).not.toContain('"null"');
  });

  it('is silent on a bad status, which has to be fixed first', () => {
    for (const status of [400, 401, 404, 500])
      expect(hitsOf(preflightMissingOrigin, endpoint([bare({ status })]))).toEqual([]);
  });

  it('is silent on a good preflight, and on the same fault of a request', () => {
    expect(hitsOf(preflightMissingOrigin, endpoint([preflight(), ...openedByPolling()]))).toEqual([]);
    expect(hitsOf(preflightMissingOrigin, endpoint([poll(refusal('MissingAllowOriginHeader'))]))).toEqual([]);
  });

  it('is silent on the request that it kept back', () => {
    expect(
      hitsOf(preflightMissingOrigin, endpoint([poll({ status: 0, ...refusal('PreflightMissingAllowOriginHeader') })])),
    ).toEqual([]);
  });
});
