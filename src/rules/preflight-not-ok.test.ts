import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightNotOk } from './preflight-not-ok.ts';

const html = { 'Content-Type': 'text/html' };
const answered = (status: number, parts: Parameters<typeof preflight>[0] = {}) =>
  preflight({ status, response: html, ...refusal('PreflightMissingAllowOriginHeader'), ...parts });

describe('preflight-not-ok', () => {
  it.each([304, 400, 404, 405, 500, 503])('asks to route OPTIONS where it gets %i', (status) => {
    const hit = onlyHit(preflightNotOk, endpoint([answered(status)]));
    expect(hit.page.title).toContain(`\`${status}\``);
    expect(hit.page.title).toContain('`/socket.io/`');
  });

  it('names the wrong path as an alternative for a 404', () => {
    expect(onlyHit(preflightNotOk, endpoint([answered(404)])).alternatives).toEqual(['wrong-path-404']);
    expect(onlyHit(preflightNotOk, endpoint([answered(405)])).alternatives).toEqual([]);
  });

  it.each([404, 405, 500])('has a proxy answer in the server’s place where it gets %i', (status) => {
    const hit = onlyHit(preflightNotOk, endpoint([answered(status)]));
    expect(fixCode(hit, 'nginx')).toMatch(/Access-Control-Allow-Headers "x-token"[\s\S]+return 204;/);
    expect(fixCode(hit, 'caddy')).toContain('respond @preflight 204');
  });

  it.each([400, 429, 502, 503, 504])('has no proxy answer where %i would meet the request itself', (status) => {
    const hit = onlyHit(preflightNotOk, endpoint([answered(status)]));
    expect(hit.fixes.map(({ id }) => id)).not.toContain('haproxy');
  });

  it('speaks of an opaque origin without listing it', () => {
    const hit = onlyHit(preflightNotOk, endpoint([answered(404, { page: 'null', pageUrl: null })]));
    expect(hit.fixes.map(({ code }) => code).join()).not.toContain('"null"');
  });

  it('is silent on good preflights, whatever 2xx they have', () => {
    for (const status of [200, 204, 299])
      expect(hitsOf(preflightNotOk, endpoint([preflight({ status }), ...openedByPolling()]))).toEqual([]);
  });

  it('leaves the statuses that say more to their own rules', () => {
    const others = [
      answered(400, { response: { 'Content-Type': 'application/json' } }),
      answered(401),
      answered(500, { sid: 'SID0000000000000AAAA' }),
      answered(302, { redirectUrl: 'http://localhost:3001/login' }),
    ];
    for (const other of others) expect(hitsOf(preflightNotOk, endpoint([other]))).toEqual([]);
  });

  it('is silent on a request, and on a preflight without an answer', () => {
    expect(hitsOf(preflightNotOk, endpoint([poll({ status: 404 })], [preflight({ status: 0 })]))).toEqual([]);
  });
});
