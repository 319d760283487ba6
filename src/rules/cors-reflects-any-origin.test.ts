import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal, SERVER } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsNullOrigin } from './cors-null-origin.ts';
import { corsReflectsAnyOrigin } from './cors-reflects-any-origin.ts';

/** `cors: { origin: true, credentials: true }`, asked by a sandboxed frame. */
const REFLECTED = {
  'Access-Control-Allow-Origin': 'null',
  'Access-Control-Allow-Credentials': 'true',
  Vary: 'Origin',
};
const opaque = (response: Record<string, string> = REFLECTED, parts: Parameters<typeof poll>[0] = {}) =>
  poll({ page: 'null', pageUrl: `${PAGE}/chat`, response, body: openBody('SID1'), ...parts });

describe('cors-reflects-any-origin', () => {
  it('warns of `null` that may bring cookies', () => {
    const hit = onlyHit(corsReflectsAnyOrigin, endpoint([opaque()]));
    expect([hit.severity, hit.confidence]).toEqual(['warning', 'certain']);
    expect(hit.evidence.map(({ name, actual }) => [name, actual])).toEqual([
      ['Origin', 'null'],
      ['Access-Control-Allow-Origin', 'null'],
      ['Access-Control-Allow-Credentials', 'true'],
    ]);
  });

  it('lists the page’s own origin, over every transport, and lifts the sandbox', () => {
    const hit = onlyHit(corsReflectsAnyOrigin, endpoint([opaque()]));
    expect(fixCode(hit, 'node-v4')).toContain(`const allowed = ["${PAGE}", "${SERVER}"];`);
    expect(fixCode(hit, 'node-v4')).toContain('allowRequest');
    expect(fixCode(hit, 'iframe')).toContain('allow-same-origin');
    const nowhere = onlyHit(corsReflectsAnyOrigin, endpoint([opaque(REFLECTED, { pageUrl: null })]));
    expect(fixCode(nowhere, 'node-v4')).toContain('"http://localhost:5173"');
  });

  it('knows other servers that do so, and proxies, which then refuse strangers themselves', () => {
    const hit = onlyHit(corsReflectsAnyOrigin, endpoint([opaque(REFLECTED, { eio: 3 })]));
    expect(fixCode(hit, 'node-v2')).toContain(`origins: ["${PAGE}", "${SERVER}"]`);
    expect(hit.fixes.map(({ id }) => id)).not.toContain('flask');
    expect(fixCode(onlyHit(corsReflectsAnyOrigin, endpoint([opaque()])), 'aiohttp')).toContain(
      `cors_allowed_origins=["${PAGE}", "${SERVER}"],`,
    );
    expect(fixCode(hit, 'nginx')).toContain(`if ($http_origin !~ "^(${PAGE}|${SERVER})?$") {`);
    const named = opaque(REFLECTED, { pageUrl: 'https://app.example/chat' });
    expect(fixCode(onlyHit(corsReflectsAnyOrigin, endpoint([named])), 'nginx')).toContain('https://app\\.example|');
  });

  it('warns of a stranger’s origin that a probe asked under, and was allowed', () => {
    const stranger = 'https://unrelated-site.example';
    const asked = (response: Record<string, string>) =>
      poll({ page: stranger, response: { ...REFLECTED, ...response }, body: openBody('SID2') });
    const probed = (response: Record<string, string>) => ({
      ...endpoint(openedByPolling()),
      beside: [asked(response)],
    });
    const hit = onlyHit(corsReflectsAnyOrigin, probed({ 'Access-Control-Allow-Origin': stranger }));
    expect(hit.params).toMatchObject({ allowed: stranger });
    expect(fixCode(hit, 'node-v4')).toContain(`const allowed = ["${PAGE}", "${SERVER}"];`);
    expect(hitsOf(corsReflectsAnyOrigin, probed({ 'Access-Control-Allow-Origin': PAGE }))).toEqual([]);
    const without = probed({ 'Access-Control-Allow-Origin': stranger, 'Access-Control-Allow-Credentials': '' });
    expect(hitsOf(corsReflectsAnyOrigin, without)).toEqual([]);
  });

  it('sees it on the preflight, too', () => {
    expect(hitsOf(corsReflectsAnyOrigin, endpoint([preflight({ page: 'null', response: REFLECTED })]))).toHaveLength(1);
  });

  it('is silent where `null` may come without cookies only, or not at all', () => {
    const { Vary, ...allowed } = REFLECTED;
    const without = opaque({ Vary, 'Access-Control-Allow-Origin': 'null' });
    const star = opaque({ ...allowed, 'Access-Control-Allow-Origin': '*' });
    const refused = opaque({ Vary }, refusal('MissingAllowOriginHeader'));
    for (const exchange of [without, star, refused])
      expect(hitsOf(corsReflectsAnyOrigin, endpoint([exchange]))).toEqual([]);
    expect(hitsOf(corsNullOrigin, endpoint([refused]))).toHaveLength(1);
  });

  it('is silent on a page with an origin: one page cannot show that others are let in as well', () => {
    expect(hitsOf(corsReflectsAnyOrigin, endpoint(openedByPolling()))).toEqual([]);
    const fixed = poll({ response: REFLECTED, ...refusal('AllowOriginMismatch') });
    expect(hitsOf(corsReflectsAnyOrigin, endpoint([fixed]))).toEqual([]);
  });
});
