import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, preflight, refusal } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightMethodNotAllowed } from './preflight-method-not-allowed.ts';

const put = { 'Access-Control-Request-Method': 'PUT' };
const response = { 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Methods': 'GET,POST' };

describe('preflight-method-not-allowed', () => {
  it('names the method, and prescribes no list of methods', () => {
    const options = preflight({
      request: put,
      response,
      ...refusal('MethodDisallowedByPreflightResponse', { parameter: 'PUT' }),
    });
    const hit = onlyHit(preflightMethodNotAllowed, endpoint([options]));
    expect(hit.page.title).toContain('`PUT`');
    expect(hit.fixes.map(({ code }) => code).join()).not.toContain('methods');
  });

  it('is silent on a good preflight, and where a header is refused', () => {
    const header = preflight({ response, ...refusal('HeaderDisallowedByPreflightResponse', { parameter: 'x-token' }) });
    for (const other of [[preflight({ response }), ...openedByPolling()], [header]]) {
      expect(hitsOf(preflightMethodNotAllowed, endpoint(other))).toEqual([]);
    }
  });
});
