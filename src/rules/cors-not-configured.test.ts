import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, refusal, SERVER } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsNotConfigured } from './cors-not-configured.ts';

const PLAIN = { 'Content-Type': 'text/plain; charset=UTF-8' };

/** Socket.IO 4.8 without `cors`, as Chromium shows it. */
const blocked = (parts: Parameters<typeof poll>[0] = {}) =>
  poll({ response: PLAIN, error: 'net::ERR_FAILED', ...refusal('MissingAllowOriginHeader'), ...parts });

describe('cors-not-configured', () => {
  it('names the server, the page and the missing header', () => {
    const hit = onlyHit(corsNotConfigured, endpoint([blocked()]));
    expect(hit.page.title).toContain(`\`${SERVER}\``);
    expect(hit.page.title).toContain(`\`${PAGE}\``);
    expect(hit.confidence).toBe('likely');
    expect(hit.evidence[0]).toMatchObject({ name: 'Access-Control-Allow-Origin', expected: PAGE, actual: null });
  });

  it('prescribes the page’s own origin, and credentials as long as the client may send cookies', () => {
    const unknown = fixCode(onlyHit(corsNotConfigured, endpoint([blocked()])), 'node-v4');
    expect(unknown).toContain(`origin: ["${PAGE}"]`);
    expect(unknown).toContain('credentials: true');
    expect(unknown).not.toContain('path:');
    const omit = refusal('MissingAllowOriginHeader', { credentials: 'omit' });
    expect(fixCode(onlyHit(corsNotConfigured, endpoint([blocked(omit)])), 'node-v4')).not.toContain('credentials');
  });

  it('keeps a custom path', () => {
    const hit = onlyHit(corsNotConfigured, endpoint([blocked({ path: '/ws/' })]));
    expect(fixCode(hit, 'node-v4')).toContain('path: "/ws/"');
  });

  it('folds seven attempts into one hit that names them all', () => {
    const hit = onlyHit(
      corsNotConfigured,
      endpoint(...Array.from({ length: 7 }, (_, index) => [blocked({ at: index * 1500 })])),
    );
    expect(hit.sessions).toHaveLength(7);
    expect(hit.exchanges).toHaveLength(7);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(corsNotConfigured, endpoint(openedByPolling()))).toEqual([]);
  });

  it('is silent where a list of origins exists', () => {
    expect(
      hitsOf(corsNotConfigured, endpoint([blocked({ response: { ...PLAIN, Vary: 'Accept-Encoding, Origin' } })])),
    ).toEqual([]);
  });

  it('is silent on an error status, whose missing header is a consequence', () => {
    for (const status of [302, 400, 403, 404, 502])
      expect(hitsOf(corsNotConfigured, endpoint([blocked({ status })]))).toEqual([]);
  });

  it('is silent on the HTML of another server', () => {
    expect(
      hitsOf(corsNotConfigured, endpoint([blocked({ response: { 'Content-Type': 'text/html; charset=utf-8' } })])),
    ).toEqual([]);
  });

  it('is silent on the request that a failed preflight kept back', () => {
    const unsent = poll({ status: 0, error: 'net::ERR_FAILED', ...refusal('PreflightMissingAllowOriginHeader') });
    expect(hitsOf(corsNotConfigured, endpoint([unsent]))).toEqual([]);
  });

  it('is silent where other answers of the session carry the header: something strips it', () => {
    const [handshake, post] = openedByPolling();
    if (!handshake || !post) throw new Error('builder changed');
    const stripped = blocked({ at: 20, sid: 'SID0000000000000AAAA' });
    expect(hitsOf(corsNotConfigured, endpoint([handshake, post, stripped]))).toEqual([]);
  });

  it('is silent on what the panel itself asked', () => {
    expect(hitsOf(corsNotConfigured, endpoint([blocked({ askedByUs: true })]))).toEqual([]);
  });

  it('is over once a later answer is allowed, or refused for another reason', () => {
    const wildcard = poll({
      at: 9000,
      response: { 'Access-Control-Allow-Origin': '*' },
      ...refusal('WildcardOriginNotAllowed'),
    });
    const later = endpoint([blocked()], [wildcard]).sessions[1];
    const same = endpoint([blocked()], [blocked({ at: 9000 })]).sessions[1];
    const opened = endpoint(openedByPolling()).sessions[0];
    expect([later, same, opened].map((session) => session && corsNotConfigured.isOver?.(session))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is not over while a preflight fails before it', () => {
    const [later] = endpoint([poll({ status: 0, ...refusal('PreflightInvalidStatus') })]).sessions;
    expect(later && corsNotConfigured.isOver?.(later)).toBe(false);
  });
});
