import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { pythonMultiworker } from './python-multiworker.ts';

const SID = 'SID0000000000000AAAA';
const refused = (body: string, at = 20) =>
  endpoint([
    poll({ body: openBody(SID) }),
    poll({ sid: SID, at, status: 400, response: { 'Content-Type': 'text/plain' }, body }),
  ]);

describe('python-multiworker', () => {
  it.each(['"Invalid session"', `"Invalid session ${SID}"`])('is likely on %s', (body) => {
    const hit = onlyHit(pythonMultiworker, refused(body));
    expect(hit).toMatchObject({ severity: 'error', confidence: 'likely' });
    expect(fixCode(hit, 'python')).toContain('-w 1');
  });

  it.each([
    ['a Node.js server', refused('{"code":1,"message":"Session ID unknown"}')],
    ['a refused origin', refused('"http://a is not an accepted origin."')],
    ['a session that was old', refused('"Invalid session"', 60_000)],
    ['a healthy connection', endpoint(openedByPolling(SID))],
  ])('is silent on %s', (_, seen) => {
    expect(hitsOf(pythonMultiworker, seen)).toEqual([]);
  });
});
