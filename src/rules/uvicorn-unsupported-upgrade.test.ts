import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal, webSocket } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { uvicornUnsupportedUpgrade } from './uvicorn-unsupported-upgrade.ts';

const SID = 'SID0000000000000AAAA';
const body = 'Unsupported upgrade request.';

describe('uvicorn-unsupported-upgrade', () => {
  it('knows the text on a plain request: a proxy that calls everything an upgrade', () => {
    const hit = onlyHit(uvicornUnsupportedUpgrade, endpoint([poll({ status: 400, body, dialect: 'firefox' })]));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'certain' });
    expect(hit.page.explanation).toContain('Connection: upgrade');
    // With the library installed it answers plain requests the same way.
    expect(hit.fixes.map(({ id }) => id)).toEqual(['nginx', 'haproxy']);
  });

  it('knows it on an upgrade, where a file shows the body: a missing library', () => {
    const upgrade = webSocket({ sid: SID, at: 20, status: 400, body, dialect: 'other' });
    const hit = onlyHit(uvicornUnsupportedUpgrade, endpoint([...openedByPolling(SID), upgrade]));
    expect(hit.severity).toBe('warning');
    // An upgrade that uvicorn knows for one was forwarded as it should be.
    expect(hit.fixes.map(({ id }) => id)).toEqual(['python']);
  });

  it.each([
    ['a hidden body', poll({ status: 400, ...refusal('MissingAllowOriginHeader') })],
    ['another text', poll({ status: 400, body: '"Invalid transport"' })],
    ['Node’s 400', poll({ status: 400, body: '{"code":3,"message":"Bad request"}' })],
    ['the text in a good answer', poll({ body })],
  ])('is silent on %s', (_, exchange) => {
    expect(hitsOf(uvicornUnsupportedUpgrade, endpoint([exchange]))).toEqual([]);
  });
});
