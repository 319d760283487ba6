import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { namespaceUsedAsPath } from './namespace-used-as-path.ts';

const SID = 'SID0000000000000AAAA';
const refused = (namespace: string, data = '{"message":"Invalid namespace"}') =>
  endpoint([...openedByPolling(SID).slice(0, 2), poll({ sid: SID, at: 12, body: `44${namespace},${data}` })]);

describe('namespace-used-as-path', () => {
  it.each(['/ws', '/socket.io', '/api/socket', '/realtime', '/v1/ws', '/chat/'])('%s is meant as a path', (name) => {
    const hit = onlyHit(namespaceUsedAsPath, refused(name));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'likely', alternatives: ['invalid-namespace'] });
    expect(hit.page.title).toContain(`\`${name}\``);
  });

  it('gives it as the path option', () => {
    expect(fixCode(onlyHit(namespaceUsedAsPath, refused('/api/socket')), 'browser-client')).toContain(
      'path: "/api/socket/"',
    );
  });

  it.each(['/admin', '/chat', '/orgs/42', '/wsx', '/apis'])('is silent on %s', (name) => {
    expect(hitsOf(namespaceUsedAsPath, refused(name))).toEqual([]);
  });

  it('is silent on another refusal, and on a healthy connection', () => {
    expect(hitsOf(namespaceUsedAsPath, refused('/ws', '{"message":"forbidden"}'))).toEqual([]);
    expect(hitsOf(namespaceUsedAsPath, endpoint(openedByPolling(SID)))).toEqual([]);
  });
});
