import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsMissingOnError } from './cors-missing-on-error.ts';

describe('cors-missing-on-error', () => {
  it.each([400, 404, 502])('says that %i comes first, and offers no CORS fix', (status) => {
    const hit = onlyHit(corsMissingOnError, endpoint([poll({ status, ...refusal('MissingAllowOriginHeader') })]));
    expect(hit.severity).toBe('info');
    expect(hit.page.title).toContain(`\`${status}\``);
    expect(hit.fixes).toEqual([]);
  });

  it('is silent on a good status, where the header is the fault itself', () => {
    expect(hitsOf(corsMissingOnError, endpoint([poll(refusal('MissingAllowOriginHeader'))]))).toEqual([]);
    expect(hitsOf(corsMissingOnError, endpoint(openedByPolling()))).toEqual([]);
  });

  it('is silent on an error that the page could read, and on a preflight', () => {
    const readable = poll({
      status: 400,
      response: { 'Access-Control-Allow-Origin': PAGE },
      body: '{"code":1,"message":"Session ID unknown"}',
    });
    const options = preflight({ status: 404, ...refusal('PreflightMissingAllowOriginHeader') });
    expect(hitsOf(corsMissingOnError, endpoint([readable], [options]))).toEqual([]);
  });
});
