import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, refusal, SERVER } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { allowRequestForbidden } from './allow-request-forbidden.ts';

type Parts = Parameters<typeof poll>[0];
const JSON_TYPE = { 'Content-Type': 'application/json' };
const hidden = refusal('MissingAllowOriginHeader');
const refused = (parts: Parts = {}) =>
  poll({ status: 403, response: JSON_TYPE, body: '{"code":4,"message":"Forbidden"}', ...parts });

describe('allow-request-forbidden', () => {
  it('is certain where the text was read, and repeats the server’s own reason', () => {
    const hit = onlyHit(allowRequestForbidden, endpoint([refused({ body: '{"code":4,"message":"no cookie"}' })]));
    expect(hit).toMatchObject({ confidence: 'certain', alternatives: [] });
    expect(hit.page.explanation).toContain('no cookie');
  });

  it('is likely where the text was withheld', () => {
    const hit = onlyHit(allowRequestForbidden, endpoint([refused(hidden)]));
    expect(hit).toMatchObject({ confidence: 'likely', alternatives: ['api-auth-401'] });
    expect(hit.fixes.map(({ id }) => id)).toContain('node-v4');
  });

  it('names `origins` to an old client', () => {
    const hit = onlyHit(allowRequestForbidden, endpoint([refused({ eio: 3, ...hidden })]));
    expect(fixCode(hit, 'node-v2')).toContain(`origins: ["${PAGE}", "${SERVER}"]`);
  });

  it.each<[string, Parts]>([
    [
      'Go’s code 4, which is about the version',
      { status: 400, body: '{"code":4,"message":"Unsupported protocol version"}' },
    ],
    ['another code', { body: '{"code":7,"message":"x"}' }],
    ['somebody else’s JSON', { body: '{"error":"forbidden"}' }],
    ['an HTML page', { response: { 'Content-Type': 'text/html' }, ...hidden }],
    ['a request with a sid', { sid: 'SID0000000000000AAAA', ...hidden }],
    ['another status', { status: 401, ...hidden }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(allowRequestForbidden, endpoint([refused(parts)]))).toEqual([]);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(allowRequestForbidden, endpoint(openedByPolling()))).toEqual([]);
  });
});
