import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal, SERVER, webSocket } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { wsUpgradeOtherStatus } from './ws-upgrade-other-status.ts';

const SID = 'SID0000000000000AAAA';
const text = (status: number) => `Error during WebSocket handshake: Unexpected response code: ${status}`;
const upgrade = (status: number, parts: Parameters<typeof webSocket>[0] = {}) =>
  webSocket({ sid: SID, at: 20, socketErrors: [text(status)], ...parts });

describe('ws-upgrade-other-status', () => {
  it.each([200, 301, 403, 404, 426, 501, 502, 503, 599])('warns of a %i where polling goes on', (status) => {
    const hit = onlyHit(wsUpgradeOtherStatus, endpoint([...openedByPolling(SID), upgrade(status)]));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'likely', alternatives: [] });
    expect(hit.page.title).toContain(`\`${status}\``);
    expect(hit.evidence[0]?.actual).toBe(text(status));
    expect(fixCode(hit, 'nginx')).toContain('proxy_set_header Upgrade $http_upgrade;');
    expect(fixCode(hit, 'browser-client-polling')).not.toContain('CORS');
  });

  it('reads the status itself in Firefox', () => {
    const inFirefox = webSocket({ sid: SID, at: 20, status: 404, dialect: 'firefox' });
    const hit = onlyHit(wsUpgradeOtherStatus, endpoint([...openedByPolling(SID), inFirefox]));
    expect(hit.evidence[0]).toMatchObject({ where: 'status', actual: '404' });
  });

  it('is an error for a client that has no other transport, and names what else it may be', () => {
    const hit = onlyHit(wsUpgradeOtherStatus, endpoint([upgrade(502, { sid: null })]));
    expect(hit).toMatchObject({ severity: 'error', alternatives: ['gateway-502-503-504'] });
    // Polling may be answered alike: that would be no way around.
    expect(hit.fixes.filter(({ workaround }) => workaround)).toEqual([]);
  });

  it('names a refused origin where a Python server answers 403', () => {
    const [, ...rest] = openedByPolling(SID);
    const python = poll({
      body: `0{"sid":"${SID}","upgrades":["websocket"],"pingTimeout":20000,"pingInterval":25000}`,
    });
    const hit = onlyHit(wsUpgradeOtherStatus, endpoint([python, ...rest, upgrade(403)]));
    expect(hit.alternatives).toEqual(['python-origin-rejected']);
  });

  it('offers the development server’s switch where the page comes from the same server', () => {
    const same = { page: SERVER, cors: { verdict: 'not-applicable' as const } };
    const opened = [
      poll({ ...same, body: openBody(SID) }),
      poll({ ...same, at: 10, sid: SID, body: '40{"sid":"x"}' }),
      upgrade(404, same),
    ];
    expect(fixCode(onlyHit(wsUpgradeOtherStatus, endpoint(opened)), 'vite')).toContain('ws: true');
  });

  it.each([
    ['a 400, which is another rule’s', upgrade(400)],
    ['a 101', webSocket({ sid: SID, at: 20 })],
    [
      'no answer',
      webSocket({ sid: SID, at: 20, socketErrors: ['Connection closed before receiving a handshake response'] }),
    ],
    ['a hidden reason', webSocket({ sid: SID, at: 20, socketErrors: [''] })],
  ])('is silent on %s', (_, socket) => {
    expect(hitsOf(wsUpgradeOtherStatus, endpoint([...openedByPolling(SID), socket]))).toEqual([]);
  });

  it('is silent on HTTP/2, where 200 opens the WebSocket', () => {
    const frames = [{ direction: 'send' as const, data: '2probe', atMs: 1, binary: false }];
    const tunnel = webSocket({ sid: SID, at: 20, status: 200, frames });
    expect(hitsOf(wsUpgradeOtherStatus, endpoint([...openedByPolling(SID), tunnel]))).toEqual([]);
  });

  it('decides a 200 without frames by what the client does next', () => {
    const unclear = webSocket({ sid: SID, at: 20, status: 200, dialect: 'firefox' });
    const later = poll({ sid: SID, at: 9000, body: '2', dialect: 'firefox' });
    expect(hitsOf(wsUpgradeOtherStatus, endpoint([...openedByPolling(SID), unclear]))).toEqual([]);
    expect(hitsOf(wsUpgradeOtherStatus, endpoint([...openedByPolling(SID), unclear, later]))).toHaveLength(1);
  });

  it('is silent where polling does not work either, and where the sid is dead', () => {
    const dead = poll({ sid: SID, at: 30, status: 400, body: '{"code":1,"message":"Session ID unknown"}' });
    expect(hitsOf(wsUpgradeOtherStatus, endpoint([...openedByPolling(SID), upgrade(502), dead]))).toEqual([]);
    const blocked = poll(refusal('MissingAllowOriginHeader'));
    expect(hitsOf(wsUpgradeOtherStatus, endpoint([blocked], [upgrade(404, { sid: null })]))).toEqual([]);
  });
});
