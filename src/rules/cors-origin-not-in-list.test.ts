import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsOriginNotInList } from './cors-origin-not-in-list.ts';

/** `cors: { origin: ["http://other:3000"], credentials: true }`, as Chromium shows it. */
const LISTED = {
  'Content-Type': 'text/plain; charset=UTF-8',
  Vary: 'Origin',
  'Access-Control-Allow-Credentials': 'true',
};
const blocked = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ response: LISTED, ...refusal('MissingAllowOriginHeader'), ...parts });

describe('cors-origin-not-in-list', () => {
  it('tells a list that lacks the origin by `Vary: Origin`', () => {
    const hit = onlyHit(corsOriginNotInList, endpoint([blocked()]));
    expect(hit.page.title).toContain(`\`${PAGE}\``);
    expect(hit.alternatives).toEqual(['cors-proxy-stripped']);
    expect(hit.evidence).toContainEqual(expect.objectContaining({ name: 'Vary', actual: 'Origin' }));
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"], // beside those that are listed already`);
  });

  it('is silent on a healthy connection, which has `Vary: Origin` too', () => {
    expect(hitsOf(corsOriginNotInList, endpoint(openedByPolling()))).toEqual([]);
  });

  it('is silent without `Vary: Origin`', () => {
    expect(hitsOf(corsOriginNotInList, endpoint([blocked({ response: { Vary: 'Accept-Encoding' } })]))).toEqual([]);
  });

  it('is silent on an error status', () => {
    expect(hitsOf(corsOriginNotInList, endpoint([blocked({ status: 403 })]))).toEqual([]);
  });
});
