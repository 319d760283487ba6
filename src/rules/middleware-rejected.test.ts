import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { middlewareRejected } from './middleware-rejected.ts';

type Parts = Parameters<typeof poll>[0];
const JSON_TYPE = { 'Content-Type': 'application/json' };
const hidden = refusal('MissingAllowOriginHeader');
const refused = (parts: Parts = {}) =>
  poll({ status: 400, response: JSON_TYPE, body: '{"code":3,"message":"Bad request"}', ...parts });

describe('middleware-rejected', () => {
  it('is likely where the code was read', () => {
    const hit = onlyHit(middlewareRejected, endpoint([refused()]));
    expect(hit).toMatchObject({ confidence: 'likely', alternatives: [] });
    expect(fixCode(hit, 'node-v4')).toContain('callback(null, allowed.includes(origin))');
    expect(fixCode(hit, 'node-v4')).toContain(PAGE);
  });

  it('names what else it may be where the text was withheld', () => {
    expect(onlyHit(middlewareRejected, endpoint([refused(hidden)])).alternatives).toEqual(['transport-disabled']);
  });

  it.each<[string, Parts]>([
    ['an old client', { eio: 3, ...hidden }],
    ['a request with a sid', { sid: 'SID0000000000000AAAA' }],
    ['a Python server', { response: { 'Content-Type': 'text/plain' }, ...hidden }],
    [
      'an answer that names an origin',
      { response: { ...JSON_TYPE, 'Access-Control-Allow-Origin': 'http://a' }, ...hidden },
    ],
    ['another code', { body: '{"code":0,"message":"Transport unknown"}' }],
    ['a POST', { method: 'POST' }],
    ['an empty answer', { body: 'empty' }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(middlewareRejected, endpoint([refused(parts)]))).toEqual([]);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(middlewareRejected, endpoint(openedByPolling()))).toEqual([]);
  });
});
