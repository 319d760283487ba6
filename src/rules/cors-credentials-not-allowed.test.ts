import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsCredentialsNotAllowed } from './cors-credentials-not-allowed.ts';

const OURS = { 'Access-Control-Allow-Origin': PAGE, Vary: 'Origin' };
const blocked = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ response: OURS, ...refusal('InvalidAllowCredentials', { credentials: 'include' }), ...parts });

describe('cors-credentials-not-allowed', () => {
  it('shows the absent header and asks for the boolean', () => {
    const hit = onlyHit(corsCredentialsNotAllowed, endpoint([blocked()]));
    expect(hit.evidence[0]).toMatchObject({ name: 'Access-Control-Allow-Credentials', expected: 'true', actual: null });
    expect(hit.confidence).toBe('likely');
    expect(fixCode(hit, 'node-v4')).toMatch(/origin: \["http:\/\/localhost:3000"\],\n\s+credentials: true/);
  });

  it('shows a value that is not exactly `true`', () => {
    const response = { ...OURS, 'Access-Control-Allow-Credentials': 'True' };
    const hit = onlyHit(corsCredentialsNotAllowed, endpoint([blocked({ response, request: { Cookie: 'io=1' } })]));
    expect(hit.page.explanation).toContain('`True`');
    expect(hit.confidence).toBe('certain');
  });

  it('is silent on a healthy connection, which may lack the header too', () => {
    expect(hitsOf(corsCredentialsNotAllowed, endpoint(openedByPolling()))).toEqual([]);
  });

  it('is silent on `*`, and on an error status', () => {
    const wildcard = poll({ response: { 'Access-Control-Allow-Origin': '*' }, ...refusal('WildcardOriginNotAllowed') });
    expect(hitsOf(corsCredentialsNotAllowed, endpoint([wildcard]))).toEqual([]);
    expect(hitsOf(corsCredentialsNotAllowed, endpoint([blocked({ status: 500 })]))).toEqual([]);
  });
});
