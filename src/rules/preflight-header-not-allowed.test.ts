import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightHeaderNotAllowed } from './preflight-header-not-allowed.ts';

const asked = { 'Access-Control-Request-Headers': 'x-tenant,x-token' };
const OURS = { 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Headers': 'Content-Type, X-Tenant' };
const refused = (parts: Parameters<typeof preflight>[0] = {}) =>
  preflight({
    request: asked,
    response: OURS,
    ...refusal('HeaderDisallowedByPreflightResponse', { parameter: 'x-token' }),
    ...parts,
  });

describe('preflight-header-not-allowed', () => {
  it('names the header that is missing, and keeps those that are listed', () => {
    const hit = onlyHit(preflightHeaderNotAllowed, endpoint([refused()]));
    expect(hit.page.title).toContain('`x-token`');
    expect(hit.page.title).not.toContain('x-tenant');
    expect(hit.confidence).toBe('certain');
    expect(fixCode(hit, 'node-v4')).toContain('allowedHeaders: ["content-type", "x-tenant", "x-token"]');
    expect(fixCode(hit, 'browser-client')).toContain('"x-token"');
  });

  it('takes `*` literally with cookies', () => {
    const response = { ...OURS, 'Access-Control-Allow-Headers': '*', 'Access-Control-Allow-Credentials': 'true' };
    const verdict = refusal('HeaderDisallowedByPreflightResponse', { parameter: 'x-tenant', credentials: 'include' });
    const hit = onlyHit(preflightHeaderNotAllowed, endpoint([refused({ response, ...verdict })]));
    expect(hit.page.title).toContain('`x-tenant, x-token`');
    expect(fixCode(hit, 'node-v4')).not.toContain('*');
  });

  it('names what else it may be where the credentials mode is hidden', () => {
    const candidates = [
      { error: 'PreflightWildcardOriginNotAllowed' as const, parameter: null },
      { error: 'HeaderDisallowedByPreflightResponse' as const, parameter: 'x-token' },
    ];
    const response = { ...OURS, 'Access-Control-Allow-Origin': '*' };
    const undecided = refused({ response, cors: { verdict: 'unknown', error: null, candidates } });
    const hit = onlyHit(preflightHeaderNotAllowed, endpoint([undecided]));
    expect(hit.confidence).toBe('likely');
    expect(hit.alternatives).toEqual(['preflight-wildcard-with-credentials']);
    expect(fixCode(hit, 'node-v4')).toContain('credentials: true');
  });

  it('warns where Chromium alone lets `*` cover Authorization', () => {
    const tolerated = preflight({
      request: { 'Access-Control-Request-Headers': 'authorization,x-token' },
      response: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' },
    });
    const hit = onlyHit(preflightHeaderNotAllowed, endpoint([tolerated, ...openedByPolling()]));
    expect(hit.severity).toBe('warning');
    expect(hit.page.title).toContain('`authorization`');
  });

  it('is silent on a good preflight, `*` without cookies included', () => {
    const star = preflight({ response: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' } });
    const listed = preflight({
      response: { 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Headers': 'X-Token' },
    });
    for (const other of [[star], [listed, ...openedByPolling()]])
      expect(hitsOf(preflightHeaderNotAllowed, endpoint(other))).toEqual([]);
  });

  it('stands beside an origin that is refused first, and keeps to what the server can be seen to list', () => {
    const origin = refused(refusal('PreflightAllowOriginMismatch'));
    const hit = onlyHit(preflightHeaderNotAllowed, endpoint([origin]));
    expect(hit.confidence).toBe('certain');
    expect(hit.fixes.map(({ id }) => id)).not.toContain('browser-client');
    const nothing = refused({ response: {}, ...refusal('PreflightMissingAllowOriginHeader') });
    const star = { 'Access-Control-Allow-Origin': 'https://a.example', 'Access-Control-Allow-Headers': '*' };
    const anything = refused({ response: star, ...refusal('PreflightAllowOriginMismatch') });
    expect(hitsOf(preflightHeaderNotAllowed, endpoint([nothing], [anything]))).toEqual([]);
  });

  it('offers the way without a preflight first where nothing else is wrong', () => {
    const { fixes } = onlyHit(preflightHeaderNotAllowed, endpoint([refused()]));
    expect(fixes.slice(0, 2).map(({ id }) => id)).toEqual(['browser-client', 'node-v4']);
  });

  it('gives a page without an origin one, first of all', () => {
    const hit = onlyHit(preflightHeaderNotAllowed, endpoint([refused({ page: 'null', pageUrl: 'file:///a.html' })]));
    expect(fixCode(hit, 'serve')).toContain('npx serve');
  });

  it('is silent where the status is refused first', () => {
    expect(hitsOf(preflightHeaderNotAllowed, endpoint([refused({ status: 404 })]))).toEqual([]);
  });
});
