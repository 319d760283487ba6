import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightWildcardWithCredentials } from './preflight-wildcard-with-credentials.ts';

const ANY = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'x-token' };

describe('preflight-wildcard-with-credentials', () => {
  it('prescribes the origin and credentials together', () => {
    const options = preflight({ response: ANY, ...refusal('PreflightWildcardOriginNotAllowed') });
    const code = fixCode(onlyHit(preflightWildcardWithCredentials, endpoint([options])), 'node-v4');
    expect(code).toContain(`origin: ["${PAGE}"]`);
    expect(code).toContain('credentials: true');
  });

  it('is silent where `*` was enough, or where it is only one of the possible reasons', () => {
    const candidates = [
      { error: 'PreflightWildcardOriginNotAllowed' as const, parameter: null },
      { error: 'HeaderDisallowedByPreflightResponse' as const, parameter: 'x-token' },
    ];
    const undecided = preflight({
      response: { 'Access-Control-Allow-Origin': '*' },
      cors: { verdict: 'unknown', candidates },
    });
    for (const other of [[preflight({ response: ANY })], openedByPolling(), [undecided]]) {
      expect(hitsOf(preflightWildcardWithCredentials, endpoint(other))).toEqual([]);
    }
  });

  it('is silent on a bad status and on a request', () => {
    const bad = preflight({ status: 404, response: ANY, ...refusal('PreflightWildcardOriginNotAllowed') });
    expect(
      hitsOf(preflightWildcardWithCredentials, endpoint([bad], [poll(refusal('WildcardOriginNotAllowed'))])),
    ).toEqual([]);
  });
});
