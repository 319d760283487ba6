import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { endpoint, openedByPolling, poll, preflight, refusal, webSocket } from '../testing/endpoint.ts';
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

describe('Dig deeper', () => {
  const asking = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-token' };
  const noSocket = webSocket({
    socketErrors: ['Error during WebSocket handshake: Unexpected response code: 400'],
    sid: SID,
    at: 30,
  });

  it.each([
    ['cors-not-configured', /^curl [^;]*transport=polling"$/, [poll(refusal('MissingAllowOriginHeader'))]],
    [
      'preflight-missing-origin',
      /^curl .*-X OPTIONS .*"Access-Control-Request-Headers: x-token"/,
      [preflight({ ...refusal('PreflightMissingAllowOriginHeader'), request: asking })],
    ],
    [
      'ws-upgrade-400-proxy',
      /^curl .*"Upgrade: websocket".*transport=websocket"$/,
      [...openedByPolling(SID), noSocket],
    ],
    [
      'sticky-session-missing',
      /^sid=.*for n in 1 2 3 4; do curl/,
      [
        poll({ body: openBody(SID) }),
        poll({ sid: SID, at: 20, status: 400, body: '{"code":1,"message":"Session ID unknown"}' }),
      ],
    ],
  ])('asks by hand for what %s is about', (id, command, exchanges) => {
    const found = runRules(endpoint(exchanges), rules).findings.find(({ rule }) => rule.id === id);
    expect(found?.deeper.at(-1)?.code).toMatch(command);
  });
});

describe('the fixes of a finding', () => {
  const open = (rest: string) => `0{"sid":"${SID}","upgrades":[],${rest}}`;
  const fixesOf = (body: string, response: Record<string, string> = {}) =>
    runRules(endpoint([poll({ body, response })]), rules)
      .findings.find(({ rule }) => rule.id === 'server-no-upgrades')
      ?.fixes.map(({ id }) => id) ?? [];

  it('are those that the server seen can take, whatever headers say', () => {
    const python = fixesOf(open('"pingTimeout":20000,"pingInterval":25000'), { 'X-Powered-By': 'Express' });
    expect(python).toEqual(['python', 'aiohttp', 'asgi', 'flask']);
    const node = fixesOf(open('"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000'), { Server: 'gunicorn' });
    expect(node).toEqual(['node-v4', 'nestjs', 'fastify', 'next', 'node-v3']);
  });
});
