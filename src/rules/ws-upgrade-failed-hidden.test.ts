import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, webSocket } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { wsUpgradeFailedHidden } from './ws-upgrade-failed-hidden.ts';

const SID = 'SID0000000000000AAAA';
const blanked = (parts: Parameters<typeof webSocket>[0] = {}) =>
  webSocket({ sid: SID, at: 20, socketErrors: [''], ...parts });

describe('ws-upgrade-failed-hidden', () => {
  it('says that the reason is hidden, what it may be, and what would decide', () => {
    const hit = onlyHit(wsUpgradeFailedHidden, endpoint([...openedByPolling(SID), blanked()]));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'likely' });
    expect(hit.alternatives).toEqual(['ws-upgrade-400-proxy', 'ws-upgrade-other-status', 'ws-upgrade-dropped']);
    expect(hit.page.explanation).toContain('incognito window');
    expect(fixCode(hit, 'nginx')).toContain('proxy_set_header Upgrade $http_upgrade;');
  });

  it('is an error for a client that has no other transport', () => {
    expect(onlyHit(wsUpgradeFailedHidden, endpoint([blanked({ sid: null })])).severity).toBe('error');
  });

  it('is silent on a healthy upgrade', () => {
    expect(hitsOf(wsUpgradeFailedHidden, endpoint([...openedByPolling(SID), webSocket({ sid: SID, at: 20 })]))).toEqual(
      [],
    );
  });

  it.each([
    [
      'a reason that can be seen',
      { socketErrors: ['Error during WebSocket handshake: Unexpected response code: 400'] },
    ],
    ['a client that gave up', { socketErrors: ['', 'WebSocket is closed before the connection is established.'] }],
    ['the second after which Socket.IO drops an unknown path', { durationMs: 1009 }],
    ['Firefox, which never has a text', { dialect: 'firefox' as const }],
  ])('is silent on %s', (_, parts) => {
    expect(hitsOf(wsUpgradeFailedHidden, endpoint([...openedByPolling(SID), blanked(parts)]))).toEqual([]);
  });

  it('is silent on a request that was never sent', () => {
    const unsent = { ...blanked({ sid: null }), requestHeaders: [] };
    expect(hitsOf(wsUpgradeFailedHidden, endpoint([unsent]))).toEqual([]);
  });

  it('is silent where the sid is dead', () => {
    const dead = poll({ sid: SID, at: 30, status: 400, body: '{"code":1,"message":"Session ID unknown"}' });
    expect(hitsOf(wsUpgradeFailedHidden, endpoint([...openedByPolling(SID), blanked(), dead]))).toEqual([]);
  });

  it('is silent where the page opened another socket at once, and that one works', () => {
    expect(hitsOf(wsUpgradeFailedHidden, endpoint([blanked({ sid: null })], [webSocket({ at: 25 })]))).toEqual([]);
  });
});
