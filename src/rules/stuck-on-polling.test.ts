import { describe, expect, it } from 'vitest';
import { runRules } from '../diagnose/run-rules.ts';
import { endpoint, openedByPolling, poll, T0, webSocket } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { stuckOnPolling } from './stuck-on-polling.ts';
import { wsUpgrade400Proxy } from './ws-upgrade-400-proxy.ts';

const SID = 'SID0000000000000AAAA';
const held = () => poll({ sid: SID, at: 25, status: 0, outcome: 'pending', durationMs: null });
const ping = () => poll({ sid: SID, at: 30, durationMs: 24_000, body: '2' });
const refused = webSocket({
  sid: SID,
  at: 20,
  socketErrors: ['Error during WebSocket handshake: Unexpected response code: 400'],
});

describe('stuck-on-polling', () => {
  it.each([
    ['a poll that was held', ping()],
    ['a poll that is held', held()],
  ])('remarks on a client that never tried, by %s', (_, last) => {
    const hit = onlyHit(stuckOnPolling, endpoint([...openedByPolling(SID), last]));
    expect(hit).toMatchObject({ severity: 'info', confidence: 'certain', fixes: [] });
    expect(hit.page.explanation).toContain('has not tried');
  });

  it('warns of an upgrade that gets no answer', () => {
    const waiting = webSocket({ sid: SID, at: 20, status: 0, outcome: 'pending', durationMs: null });
    const hit = onlyHit(stuckOnPolling, endpoint([...openedByPolling(SID), waiting, ping()]));
    expect(hit.severity).toBe('warning');
    expect(hit.page.explanation).toContain('no answer for 10 s');
  });

  it('is a consequence where another rule knows why the upgrade failed', () => {
    const { findings } = runRules(endpoint([...openedByPolling(SID), refused, ping()]), [
      stuckOnPolling,
      wsUpgrade400Proxy,
    ]);
    expect(findings.map(({ rule, severity, causedBy }) => [rule.id, severity, causedBy !== null])).toEqual([
      ['ws-upgrade-400-proxy', 'warning', false],
      ['stuck-on-polling', 'warning', true],
    ]);
  });

  it.each([
    ['while the upgrade may still come', [...openedByPolling(SID)]],
    ['on a healthy upgrade', [...openedByPolling(SID), webSocket({ sid: SID, at: 20 }), ping()]],
    [
      'where a poll was let go for an upgrade that the panel has not looked for yet',
      [...openedByPolling(SID), poll({ sid: SID, at: 15, durationMs: 6000, body: '6' })],
    ],
    [
      'where the server offers no WebSocket',
      [poll({ body: `0{"sid":"${SID}","upgrades":[]}` }), poll({ sid: SID, at: 10, body: '40{"sid":"x"}' }), ping()],
    ],
  ])('is silent %s', (_, exchanges) => {
    expect(hitsOf(stuckOnPolling, endpoint(exchanges))).toEqual([]);
  });

  it('is silent on a poll that has been held for a moment only', () => {
    const young = { ...endpoint([...openedByPolling(SID), held()]), nowMs: T0 + 3000 };
    expect(hitsOf(stuckOnPolling, young)).toEqual([]);
  });
});
