import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { endpoint, poll } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { runRules } from './run-rules.ts';

const SID = 'SID0000000000000AAAA';

function findings(cookie: string | null, body: string) {
  const response = cookie === null ? undefined : { 'Set-Cookie': cookie };
  const attempt = [poll({ body: openBody(SID), response }), poll({ sid: SID, at: 20, status: 400, body })];
  const found = runRules(endpoint(attempt), rules).findings;
  const ruleOf = new Map(found.map(({ key, rule }) => [key, rule.id]));
  return found.map(({ rule, causedBy }) => [rule.id, causedBy && ruleOf.get(causedBy)]);
}

describe('two faults of one rung', () => {
  it('of which one explains the other are cause and consequence', () => {
    expect(findings('SERVERID=1', '{"code":1,"message":"Session ID unknown"}')).toEqual([
      ['sticky-cookie-not-sent', null],
      ['sticky-session-missing', 'sticky-cookie-not-sent'],
    ]);
    expect(findings(null, '"Invalid session"')).toEqual([
      ['sticky-session-missing', null],
      ['python-multiworker', 'sticky-session-missing'],
    ]);
  });
});
