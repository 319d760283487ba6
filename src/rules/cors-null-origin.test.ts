import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsNullOrigin } from './cors-null-origin.ts';

const opaque = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ page: 'null', pageUrl: null, response: { Vary: 'Origin' }, ...refusal('MissingAllowOriginHeader'), ...parts });

describe('cors-null-origin', () => {
  it('gives a page from a file an origin, and lists that one', () => {
    const hit = onlyHit(corsNullOrigin, endpoint([opaque({ pageUrl: 'file:///home/me/index.html' })]));
    expect(hit.page.explanation).toContain('`file://`');
    expect(fixCode(hit, 'serve')).toContain('npx serve -l 5173');
    expect(fixCode(hit, 'node-v4')).toContain('origin: ["http://localhost:5173"]');
  });

  it('lifts the sandbox of a frame that has an address, and lists that one', () => {
    const hit = onlyHit(corsNullOrigin, endpoint([opaque({ pageUrl: 'http://localhost:8080/frame' })]));
    expect(fixCode(hit, 'iframe')).toContain('allow-same-origin');
    expect(fixCode(hit, 'node-v4')).toContain('origin: ["http://localhost:8080"]');
  });

  it('names a redirect where it was seen', () => {
    const target = opaque({ at: 10 });
    const hop = poll({ status: 307, redirectUrl: target.url });
    const hit = onlyHit(corsNullOrigin, endpoint([hop, target]));
    expect(hit.page.explanation).toContain('redirect from one origin to another');
    expect(fixCode(hit, 'browser-client')).toContain('io("http://localhost:3001")');
  });

  it('never prescribes `null`', () => {
    for (const pageUrl of [null, 'file:///index.html', 'http://localhost:8080/']) {
      const { fixes } = onlyHit(corsNullOrigin, endpoint([opaque({ pageUrl })]));
      expect(fixes.map(({ code }) => code).join()).not.toMatch(/["']null["']/);
    }
  });

  it('is silent where `null` is allowed, and where the page has an origin', () => {
    const allowed = poll({ page: 'null', response: { 'Access-Control-Allow-Origin': '*' } });
    for (const other of [[allowed], openedByPolling(), [poll(refusal('MissingAllowOriginHeader'))]]) {
      expect(hitsOf(corsNullOrigin, endpoint(other))).toEqual([]);
    }
  });

  it('is silent on an error status', () => {
    expect(hitsOf(corsNullOrigin, endpoint([opaque({ status: 403 })]))).toEqual([]);
  });
});
