import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsResponseHeaderSentByClient } from './cors-response-header-sent-by-client.ts';
import { rules } from './index.ts';
import { preflightHeaderNotAllowed } from './preflight-header-not-allowed.ts';

const asked = (names: string) => ({ 'Access-Control-Request-Headers': names });
const OURS = { 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Headers': 'Content-Type' };
const refused = (names: string, parts: Parameters<typeof preflight>[0] = {}) =>
  preflight({
    request: asked(names),
    response: OURS,
    ...refusal('HeaderDisallowedByPreflightResponse', { parameter: names.split(',')[0] ?? '' }),
    ...parts,
  });

describe('cors-response-header-sent-by-client', () => {
  it('names the header, and takes it out of the client', () => {
    const hit = onlyHit(corsResponseHeaderSentByClient, endpoint([refused('access-control-allow-origin')]));
    expect([hit.severity, hit.confidence]).toEqual(['error', 'certain']);
    expect(hit.page.title).toContain('`access-control-allow-origin`');
    expect(fixCode(hit, 'browser-client')).toContain('io("http://localhost:3001")');
    expect(fixCode(hit, 'browser-client')).not.toContain('extraHeaders');
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"]`);
  });

  it('is the only one to speak of that header: the server must not list it', () => {
    expect(hitsOf(preflightHeaderNotAllowed, endpoint([refused('access-control-allow-origin')]))).toEqual([]);
    const both = endpoint([refused('access-control-allow-origin,x-token')]);
    const { fixes, page } = onlyHit(preflightHeaderNotAllowed, both);
    expect(page.title).toContain('header `x-token`');
    expect(fixes.map(({ code }) => code).join()).not.toMatch(/access-control/i);
    expect(fixCode(onlyHit(corsResponseHeaderSentByClient, both), 'browser-client')).toContain('"x-token"');
  });

  it('comes before the header that the server does not allow', () => {
    const order = rules.map(({ id }) => id);
    expect(order.indexOf('cors-response-header-sent-by-client')).toBeLessThan(
      order.indexOf('preflight-header-not-allowed'),
    );
  });

  it('keeps what else a v2 client sends, which has no `auth`', () => {
    const hit = onlyHit(
      corsResponseHeaderSentByClient,
      endpoint([refused('access-control-allow-origin,x-token', { eio: 3 })]),
    );
    expect(fixCode(hit, 'browser-client')).toContain('transportOptions');
  });

  it('is a remark where the server lets it pass', () => {
    const passed = preflight({ request: asked('access-control-allow-origin'), response: OURS });
    const hit = onlyHit(corsResponseHeaderSentByClient, endpoint([passed, ...openedByPolling()]));
    expect(hit.severity).toBe('info');
    expect(hit.page.explanation).toContain('It lets the header pass');
  });

  it('is an error where the server takes the preflight for something else', () => {
    const bad = refused('access-control-allow-origin', {
      status: 400,
      response: { 'Content-Type': 'application/json' },
      ...refusal('PreflightMissingAllowOriginHeader'),
    });
    expect(onlyHit(corsResponseHeaderSentByClient, endpoint([bad])).severity).toBe('error');
  });

  it('is silent on other headers, those that ask included', () => {
    expect(hitsOf(corsResponseHeaderSentByClient, endpoint([refused('x-token')]))).toEqual([]);
    expect(hitsOf(corsResponseHeaderSentByClient, endpoint(openedByPolling()))).toEqual([]);
  });
});
