import { describe, expect, it } from 'vitest';
import type { Fix } from '../model/finding.ts';
import { diffText } from '../model/line-changes.ts';
import { syntaxError } from '../testing/rule-checks.ts';
import { sendCookies } from './access.ts';
import type { FixContext } from './context.ts';
import { allowPage, dropHeaders, enableCors, sendAsAuth } from './cors.ts';
import { connectOverHttps } from './https.ts';
import { askAtDefaultPath } from './path.ts';
import { connectToTarget } from './redirect.ts';
import { pingMoreOften, raiseBufferSize } from './server-options.ts';
import { pollingFirst } from './transports.ts';
import { allowEio3 } from './version.ts';

const PAGE = 'http://localhost:3000';
const CONTEXT: FixContext = {
  server: 'http://localhost:3001',
  path: '/live/',
  page: PAGE,
  credentials: 'include',
  eio: 4,
};
const answers = (origin: string, credentials: string | null = null, headers: string[] | null = null) => ({
  now: { answers: { origin, credentials, headers } },
});

/** The lines that change, by their signs; null where the fix is shown as a block. */
function changes(fixes: readonly Fix[], id: string): string[] | null {
  const fix = fixes.find((each) => each.id === id);
  if (!fix) throw new Error(`no fix ${id}`);
  if (fix.before === undefined) return null;
  expect(syntaxError({ ...fix, code: fix.before }), fix.before).toBeNull();
  return diffText(fix.before, fix.code)
    .split('\n')
    .filter((line) => /^[-+]/.test(line))
    .map((line) => line.replace(/^([-+])\s+/, '$1 '));
}

describe('what a fix takes the place of', () => {
  it('a wildcard with credentials', () => {
    const fixes = allowPage(CONTEXT, answers('*', 'true'));
    expect(changes(fixes, 'node-v4')).toEqual(['- origin: "*",', `+ origin: ["${PAGE}"],`]);
    expect(changes(fixes, 'haproxy')).toEqual([
      '- http-response set-header Access-Control-Allow-Origin "*" if { var(txn.path) -m beg /live/ }',
      `+ http-response set-header Access-Control-Allow-Origin "${PAGE}" if { var(txn.path) -m beg /live/ }`,
    ]);
    expect(changes(fixes, 'nginx')).toEqual([
      '- add_header Access-Control-Allow-Origin "*" always;',
      '+ proxy_hide_header Access-Control-Allow-Origin;',
      '+ proxy_hide_header Access-Control-Allow-Credentials;',
      `+ add_header Access-Control-Allow-Origin "${PAGE}" always;`,
    ]);
  });

  it('an origin that is allowed already, without credentials', () => {
    expect(changes(enableCors(CONTEXT, answers(PAGE)), 'node-v4')).toEqual([
      '+ credentials: true, // the client sends cookies',
    ]);
  });

  it('a list of headers that leaves one out', () => {
    const needs = { ...answers(PAGE, 'true', ['x-a']), allowedHeaders: ['x-a', 'x-token'] };
    expect(changes(enableCors(CONTEXT, needs), 'node-v4')).toEqual([
      '- allowedHeaders: ["x-a"],',
      '+ allowedHeaders: ["x-a", "x-token"],',
    ]);
  });

  it('is not made up where no header was seen, or where it is a value that breaks out of its line', () => {
    expect(changes(enableCors(CONTEXT), 'node-v4')).toBeNull();
    const odd = allowPage(CONTEXT, answers('x"; }\nevil', 'true'));
    expect(changes(odd, 'nginx')).toBeNull();
    expect(changes(odd, 'node-v4')?.[0]).toBe('- origin: "x\\"; }\\nevil",');
  });

  it('a server that takes no v2 client, whose cors was seen', () => {
    expect(changes(allowEio3(CONTEXT, answers(PAGE, 'true').now.answers), 'node-v4')).toEqual([
      '+ allowEIO3: true, // the page uses a v2 client (EIO=3)',
    ]);
    expect(changes(allowEio3(CONTEXT), 'node-v4')).toBeNull();
  });

  it('options that the handshake announced', () => {
    const pings = pingMoreOften(CONTEXT, 6000, 20_000);
    expect(changes(pings, 'nestjs')).toEqual(['- pingInterval: 20000, // ms', '+ pingInterval: 6000, // ms']);
    expect(changes(pings, 'asgi')).toEqual(['- ping_interval=20,  # s', '+ ping_interval=6,  # s']);
    expect(changes(pingMoreOften(CONTEXT, 6000), 'node-v4')).toBeNull();
    expect(changes(raiseBufferSize(CONTEXT, 3e6, 5e5), 'node-v4')?.[0]).toMatch(/^- maxHttpBufferSize: 500000,/);
  });

  it('nothing that nobody wrote: a default', () => {
    expect(changes(pingMoreOften(CONTEXT, 6000, 25_000), 'nestjs')).toBeNull();
    expect(changes(raiseBufferSize(CONTEXT, 3e6, 1e6), 'node-v4')).toBeNull();
  });

  it.each<[string, Fix[], string[] | null]>([
    ['the path', askAtDefaultPath(CONTEXT), ['- path: "/live/",']],
    [
      'the scheme',
      [connectOverHttps(CONTEXT)],
      ['- const socket = io("http://localhost:3001", {', '+ const socket = io("https://localhost:3001", {'],
    ],
    ['WebSocket first, with or without polling after it', [pollingFirst(CONTEXT)], null],
    ['a header that needs a preflight', sendAsAuth(CONTEXT, ['x-token']), ['- extraHeaders: {', '+ auth: {']],
    [
      'a header that only a server sends',
      [dropHeaders(CONTEXT, ['access-control-allow-origin'], [])],
      ['- extraHeaders: {', '- "access-control-allow-origin": "<value of access-control-allow-origin>",', '- },'],
    ],
    ['cookies that are not sent', sendCookies({ ...CONTEXT, credentials: 'omit' }, 'x'), ['+ withCredentials: true,']],
    ['cookies that may be sent', sendCookies({ ...CONTEXT, credentials: 'unknown' }, 'x'), null],
    [
      'the address before a redirect',
      connectToTarget(CONTEXT, 'http://other:3001/live/?EIO=4'),
      ['- const socket = io("http://localhost:3001", {', '+ const socket = io("http://other:3001", {'],
    ],
  ])('of the client: %s', (_, fixes, expected) => {
    const id = fixes[0]?.id ?? '';
    expect(changes(fixes, id)).toEqual(expected);
  });
});
