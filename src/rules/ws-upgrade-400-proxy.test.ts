import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, preflight, refusal, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { wsUpgrade400Proxy } from './ws-upgrade-400-proxy.ts';

const SID = 'SID0000000000000AAAA';
const socketErrors = ['Error during WebSocket handshake: Unexpected response code: 400'];
const upgrade = (parts: Parameters<typeof webSocket>[0] = {}) =>
  webSocket({ sid: SID, at: 20, socketErrors, ...parts });
const held = () => poll({ sid: SID, at: 25, status: 0, outcome: 'pending', durationMs: null });
const codeOne = (at: number) => poll({ sid: SID, at, status: 400, body: '{"code":1,"message":"Session ID unknown"}' });

describe('ws-upgrade-400-proxy', () => {
  it('warns where polling goes on working', () => {
    const hit = onlyHit(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), upgrade(), held()]));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'likely', alternatives: [] });
    expect(hit.evidence[0]?.actual).toBe(socketErrors[0]);
    expect(hit.fixes.at(-1)).toMatchObject({ id: 'browser-client-polling', workaround: true });
    const code = fixCode(hit, 'nginx');
    expect(code).toContain('map $http_upgrade $connection_upgrade {');
    expect(code).toContain('proxy_set_header Upgrade $http_upgrade;');
    expect(code).toContain('location /socket.io/ {');
  });

  it('reads the status itself in Firefox', () => {
    const inFirefox = webSocket({ sid: SID, at: 20, status: 400, dialect: 'firefox' });
    const hit = onlyHit(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), inFirefox]));
    expect(hit.evidence[0]).toMatchObject({ where: 'status', expected: '101', actual: '400' });
  });

  it('is an error for a client that has no other transport, and names what else it may be', () => {
    const hit = onlyHit(wsUpgrade400Proxy, endpoint([upgrade({ sid: null })], [upgrade({ sid: null, at: 1500 })]));
    expect(hit.severity).toBe('error');
    expect(hit.alternatives).toContain('transport-disabled');
  });

  it('is silent on a healthy upgrade, and without one', () => {
    const healthy = webSocket({ sid: SID, at: 20 });
    expect(
      hitsOf(
        wsUpgrade400Proxy,
        endpoint([...openedByPolling(SID), healthy], openedByPolling('SID0000000000000BBBB', 5000)),
      ),
    ).toEqual([]);
  });

  it('is silent where the sid is dead: the upgrade fails with it', () => {
    expect(hitsOf(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), upgrade(), codeOne(30)]))).toEqual([]);
  });

  it('is silent where the sid is refused later on, while the session should live', () => {
    expect(hitsOf(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), upgrade(), codeOne(20_000)]))).toEqual([]);
  });

  it('names missing stickiness where later requests got a `400` that could not be read', () => {
    const hidden = { response: { 'Content-Type': 'application/json' }, ...refusal('MissingAllowOriginHeader') };
    const later = poll({ sid: SID, at: 20_000, status: 400, ...hidden });
    const hit = onlyHit(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), upgrade(), later]));
    expect(hit.alternatives).toEqual(['sticky-session-missing']);
  });

  it('is silent where another session shows that stickiness is missing', () => {
    const [handshake] = openedByPolling('SID0000000000000CCCC', 5000);
    const fresh = poll({ sid: 'SID0000000000000CCCC', at: 5010, status: 400, ...refusal('MissingAllowOriginHeader') });
    expect(
      hitsOf(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), upgrade()], handshake ? [handshake, fresh] : [])),
    ).toEqual([]);
  });

  it('still speaks when the server was restarted much later', () => {
    expect(hitsOf(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), upgrade(), codeOne(60_000)]))).toHaveLength(1);
  });

  it('is silent where the page had closed the connection', () => {
    const close = poll({ sid: SID, at: 18, method: 'POST', requestBody: '1', body: 'ok' });
    expect(hitsOf(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), close, upgrade()]))).toEqual([]);
  });

  it.each([
    ['another status', ['Error during WebSocket handshake: Unexpected response code: 403']],
    ['a client that gave up', ['WebSocket is closed before the connection is established.']],
    ['a hidden reason', ['']],
  ])('is silent on %s', (_, texts) => {
    expect(hitsOf(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), upgrade({ socketErrors: texts })]))).toEqual(
      [],
    );
  });

  it('is silent where the page gave it up, whatever it was answered then', () => {
    const texts = ['WebSocket is closed before the connection is established.', ...socketErrors];
    expect(hitsOf(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), upgrade({ socketErrors: texts })]))).toEqual(
      [],
    );
  });

  it('is silent where the page had left the namespace and closed in one request', () => {
    const goodbye = poll({ sid: SID, at: 18, method: 'POST', requestBody: '41\x1e1', body: 'ok' });
    const inFirefox = webSocket({ sid: SID, at: 15, durationMs: 20, status: 400, dialect: 'firefox' });
    expect(hitsOf(wsUpgrade400Proxy, endpoint([...openedByPolling(SID), inFirefox, goodbye]))).toEqual([]);
  });

  it('is silent where the protocol version is refused', () => {
    expect(hitsOf(wsUpgrade400Proxy, endpoint([upgrade({ sid: null, eio: 3 })]))).toEqual([]);
  });

  it('is silent where polling was tried and does not work either', () => {
    const dead = [poll(refusal('MissingAllowOriginHeader')), preflight({ status: 404 })];
    for (const other of dead)
      expect(hitsOf(wsUpgrade400Proxy, endpoint([other], [upgrade({ sid: null })]))).toEqual([]);
  });

  it('is over only once a WebSocket opens', () => {
    const [polling, socket] = [openedByPolling(SID), [...openedByPolling(SID), webSocket({ sid: SID, at: 20 })]].map(
      (exchanges) => endpoint(exchanges).sessions[0],
    );
    expect(polling && wsUpgrade400Proxy.isOver?.(polling)).toBe(false);
    expect(socket && wsUpgrade400Proxy.isOver?.(socket)).toBe(true);
  });
});
