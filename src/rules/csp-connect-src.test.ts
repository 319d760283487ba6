import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../model/session.ts';
import { endpoint, openedByPolling, PAGE, poll, SERVER, webSocket } from '../testing/endpoint.ts';
import { T0 } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { cspConnectSrc } from './csp-connect-src.ts';

const SID = 'SID0000000000000AAAA';
const unsent = (parts: Parameters<typeof poll>[0] = {}) => poll({ status: 0, error: '', ...parts });

/** The endpoint, as a page with this policy used it. */
function under(policy: string, ...attempts: Parameters<typeof endpoint>): Endpoint {
  return { ...endpoint(...attempts), documents: [{ url: `${PAGE}/`, startedMs: T0 - 500, policy }] };
}

describe('csp-connect-src', () => {
  it('is certain where the policy was seen, and lists both schemes beside what is allowed', () => {
    const hit = onlyHit(cspConnectSrc, under("connect-src 'self' https://cdn.example", [unsent()]));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'certain' });
    expect(hit.evidence[0]).toMatchObject({
      name: 'Content-Security-Policy',
      actual: "connect-src 'self' https://cdn.example",
    });
    expect(fixCode(hit, 'csp')).toBe(
      `# in place of connect-src in the policy that the page has; its other directives stay\nContent-Security-Policy: connect-src 'self' https://cdn.example ${SERVER} ws://localhost:3001`,
    );
    expect(fixCode(hit, 'helmet')).toContain('connectSrc:');
  });

  it('names default-src where that decides, and drops `none`', () => {
    const hit = onlyHit(cspConnectSrc, under("default-src 'none'", [unsent()]));
    expect(hit.evidence[0]?.actual).toBe("default-src 'none'");
    expect(fixCode(hit, 'csp')).not.toContain('none');
  });

  it('copies what names an address, and nothing that is meant for scripts', () => {
    const hit = onlyHit(cspConnectSrc, under("default-src 'self' 'nonce-abc' 'strict-dynamic' data:", [unsent()]));
    expect(fixCode(hit, 'csp')).toContain(`connect-src 'self' data: ${SERVER} `);
  });

  it('invents no policy where none was seen', () => {
    const code = fixCode(onlyHit(cspConnectSrc, endpoint([unsent()])), 'csp');
    expect(code).toMatch(/^# the policy was not seen: the last two belong to the connect-src that the page has/);
  });

  it('takes every policy of a list', () => {
    expect(hitsOf(cspConnectSrc, under(`connect-src *, connect-src 'self'`, [unsent()]))).toHaveLength(1);
  });

  it('is likely where no document was seen: no other reason is left', () => {
    expect(onlyHit(cspConnectSrc, endpoint([unsent()])).confidence).toBe('likely');
  });

  it.each([
    ['mixed content', endpoint([unsent({ page: 'https://a.example', server: 'http://b.example' })])],
    ['a policy that allows the server: something else refused', under(`connect-src ${SERVER}`, [unsent()])],
    ['another error', under("connect-src 'self'", [unsent({ error: 'net::ERR_FAILED' })])],
    ['a pending request', under("connect-src 'self'", [unsent({ outcome: 'pending', error: null })])],
    ['Firefox, where no document was seen', endpoint([unsent({ dialect: 'firefox', error: null })])],
  ])('is silent on %s', (_, seen) => {
    expect(hitsOf(cspConnectSrc, seen)).toEqual([]);
  });

  it('takes the document that was there when the request was made', () => {
    const seen = under("connect-src 'self'", [unsent({ at: 1_000 })]);
    const later = { url: `${PAGE}/`, startedMs: T0 + 5_000, policy: `connect-src ${SERVER}` };
    expect(onlyHit(cspConnectSrc, { ...seen, documents: [...seen.documents, later] }).confidence).toBe('certain');
  });
});

describe('csp-connect-src, for WebSocket', () => {
  const httpOnly = `connect-src ${SERVER}`;

  it('warns where polling works, WebSocket is offered and not listed, and none was seen', () => {
    const hit = onlyHit(cspConnectSrc, under(httpOnly, openedByPolling(SID)));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'likely', alternatives: ['stuck-on-polling'] });
    expect(hit.page.title).toContain('`ws://localhost:3001`');
    expect(fixCode(hit, 'csp')).toContain('ws://localhost:3001');
  });

  it.each([
    ['a policy that lists it', under(`${httpOnly} ws://localhost:3001`, openedByPolling(SID))],
    ['no policy', under('', openedByPolling(SID))],
    ['no document', endpoint(openedByPolling(SID))],
    ['an upgrade that came', under(httpOnly, [...openedByPolling(SID), webSocket({ sid: SID, at: 20 })])],
    [
      'an upgrade that failed',
      under(httpOnly, [...openedByPolling(SID), webSocket({ sid: SID, at: 20, socketErrors: [''] })]),
    ],
    [
      'a server that offers none',
      under(httpOnly, [
        poll({ body: `0{"sid":"${SID}","upgrades":[],"pingInterval":25000,"pingTimeout":20000}` }),
        ...openedByPolling(SID).slice(1),
      ]),
    ],
    ['a handshake that nothing followed', under(httpOnly, openedByPolling(SID).slice(0, 1))],
    ['another session that has a WebSocket', under(httpOnly, openedByPolling(SID), [webSocket({ at: 5_000 })])],
  ])('is silent on %s', (_, seen) => {
    expect(hitsOf(cspConnectSrc, seen)).toEqual([]);
  });

  it('needs both readings of the standard to forbid it in another browser', () => {
    const inFirefox = openedByPolling(SID).map((exchange) => ({ ...exchange, dialect: 'firefox' as const }));
    expect(hitsOf(cspConnectSrc, under(httpOnly, inFirefox))).toEqual([]);
  });
});
