import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightCredentialsNotAllowed } from './preflight-credentials-not-allowed.ts';

const OURS = { 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Headers': 'x-token' };
const refused = (parts: Parameters<typeof preflight>[0] = {}) =>
  preflight({ response: OURS, ...refusal('PreflightInvalidAllowCredentials'), ...parts });

describe('preflight-credentials-not-allowed', () => {
  it('asks for the boolean', () => {
    const hit = onlyHit(preflightCredentialsNotAllowed, endpoint([refused()]));
    expect(hit.evidence[0]).toMatchObject({ name: 'Access-Control-Allow-Credentials', expected: 'true', actual: null });
    expect(fixCode(hit, 'node-v4')).toContain('credentials: true');
  });

  it('is silent on a good preflight, on a bad status and on a request', () => {
    const request = poll({ response: OURS, ...refusal('InvalidAllowCredentials') });
    for (const other of [
      [preflight({ response: OURS }), ...openedByPolling()],
      [refused({ status: 403 })],
      [request],
    ]) {
      expect(hitsOf(preflightCredentialsNotAllowed, endpoint(other))).toEqual([]);
    }
  });
});
