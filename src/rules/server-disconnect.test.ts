import { describe, expect, it } from 'vitest';
import { runRules } from '../diagnose/run-rules.ts';
import { endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { serverDisconnect } from './server-disconnect.ts';

const SID = 'SID0000000000000AAAA';
const received = (body: string, at = 100) => poll({ sid: SID, at, body });
const sent = (requestBody: string, at = 100) => poll({ sid: SID, at, method: 'POST', requestBody, body: 'ok' });

describe('server-disconnect', () => {
  it('names the namespace that the server ended', () => {
    const hit = onlyHit(serverDisconnect, endpoint([...openedByPolling(SID), received('41')]));
    expect(hit).toMatchObject({ severity: 'warning', confidence: 'certain' });
    expect(hit.evidence[0]?.actual).toBe('DISCONNECT /');
    expect(fixCode(hit, 'browser-client')).toContain('"io server disconnect"');
  });

  it('tells namespaces apart', () => {
    const both = [...openedByPolling(SID), received('40/admin,{"sid":"x"}', 50), received('41\x1e41/admin,', 100)];
    expect(hitsOf(serverDisconnect, endpoint(both)).map(({ params }) => params.namespace)).toEqual(['/', '/admin']);
  });

  it.each([
    ['a client that leaves', [...openedByPolling(SID), sent('41')]],
    [
      'a namespace that was joined again',
      [...openedByPolling(SID), received('41'), sent('40', 200), received('40{"sid":"y"}', 210)],
    ],
    ['a healthy connection', openedByPolling(SID)],
  ])('is silent on %s', (_, exchanges) => {
    expect(hitsOf(serverDisconnect, endpoint(exchanges))).toEqual([]);
  });

  it('is over once the page has connected again', () => {
    const again = endpoint([...openedByPolling(SID), received('41')], openedByPolling('SID0000000000000BBBB', 9000));
    expect(runRules(again, [serverDisconnect]).findings.map(({ state }) => state)).toEqual(['resolved']);
  });
});
