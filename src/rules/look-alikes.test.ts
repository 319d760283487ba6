import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CorsErrorName } from '../cors/outcome.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import {
  endpoint,
  openedByPolling,
  PAGE,
  poll,
  preflight,
  refusal,
  SERVER,
  T0,
  webSocket,
} from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { hitsOf } from '../testing/rule-checks.ts';
import { rules } from './index.ts';

const SID = 'SID0000000000000AAAA';
const JSON_TYPE = { 'Content-Type': 'application/json' };
const HTML = { 'Content-Type': 'text/html; charset=utf-8' };
const missing = refusal('MissingAllowOriginHeader');
const unsent = poll({ status: 0, error: 'net::ERR_FAILED', ...refusal('PreflightMissingAllowOriginHeader') });
const frame = (direction: 'send' | 'receive', data: string, atMs: number) => ({ direction, data, atMs, binary: false });
const TUNNEL = { status: 200, statusText: '', headers: [], body: { state: 'empty' } } as const;
const upgraded = webSocket({
  sid: SID,
  at: 20,
  frames: [frame('send', '2probe', 1), frame('receive', '3probe', 2), frame('send', '5', 3)],
});
const opened = webSocket({
  response: { 'Access-Control-Allow-Origin': PAGE },
  frames: [frame('receive', openBody(SID), 1), frame('receive', '40{"sid":"socket-1"}', 3)],
});

/** Which rules speak, of all of them. */
function speaking(...attempts: JudgedExchange[][]): string[] {
  return rules.filter((rule) => hitsOf(rule, endpoint(...attempts)).length > 0).map(({ id }) => id);
}

describe('healthy connections', () => {
  it.each<[string, JudgedExchange[]]>([
    ['over polling', openedByPolling()],
    ['upgraded', [...openedByPolling(SID), upgraded]],
    ['WebSocket alone', [opened]],
    ['same origin', [poll({ page: SERVER, cors: { verdict: 'not-applicable' }, body: openBody(SID) })]],
    [
      'over HTTP/2, where 200 opens a WebSocket',
      [...openedByPolling(SID), { ...upgraded, response: { ...TUNNEL, headers: [] } }],
    ],
  ])('%s: no rule speaks', (_, exchanges) => {
    expect(speaking(exchanges)).toEqual([]);
  });
});

describe('a healthy connection with a custom header', () => {
  it('gets a remark, and no alarm', () => {
    const response = { 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Headers': 'x-token' };
    const healthy = endpoint([preflight({ response }), ...openedByPolling()]);
    const said = rules.flatMap((rule) => hitsOf(rule, healthy).map(({ severity }) => [rule.id, severity]));
    expect(said).toEqual([['extra-headers-force-preflight', 'info']]);
  });
});

describe('of all rules, only the right ones speak', () => {
  it.each<[string, JudgedExchange[], string[]]>([
    ['200 without CORS', [poll(missing)], ['cors-not-configured']],
    [
      'OPTIONS 400 without CORS',
      [preflight({ status: 400, response: JSON_TYPE, ...refusal('PreflightMissingAllowOriginHeader') }), unsent],
      ['preflight-bad-handshake-method', 'extra-headers-force-preflight'],
    ],
    [
      'OPTIONS 401 without CORS',
      [preflight({ status: 401, ...refusal('PreflightMissingAllowOriginHeader') }), unsent],
      ['preflight-auth-blocked', 'extra-headers-force-preflight'],
    ],
    [
      '404 of another origin',
      [poll({ status: 404, response: HTML, ...missing })],
      ['wrong-path-404', 'cors-missing-on-error'],
    ],
    [
      'v2 client, text withheld',
      [poll({ eio: 3, status: 400, response: JSON_TYPE, ...missing })],
      ['version-eio3-to-v3plus', 'cors-missing-on-error'],
    ],
    [
      '403 of `allowRequest`, text withheld',
      [poll({ status: 403, response: JSON_TYPE, ...missing })],
      ['allow-request-forbidden', 'cors-missing-on-error'],
    ],
    [
      '502 of a proxy',
      [poll({ status: 502, response: HTML, ...missing })],
      ['gateway-502-503-504', 'cors-missing-on-error'],
    ],
    [
      '401 of a gateway',
      [poll({ status: 401, response: HTML, ...missing })],
      ['api-auth-401', 'cors-missing-on-error'],
    ],
    ['429', [poll({ status: 429, response: HTML, ...missing })], ['rate-limited', 'cors-missing-on-error']],
    [
      '404 of a host that runs functions',
      [poll({ status: 404, response: { ...HTML, 'x-vercel-id': 'fra1::a' }, ...missing })],
      ['serverless-host', 'cors-missing-on-error'],
    ],
    ['JSON of something else', [poll({ response: JSON_TYPE, body: '{"ok":true}' })], ['not-engineio-200']],
    [
      'a namespace that is a path',
      [...openedByPolling(SID), poll({ sid: SID, at: 30, body: '44/ws,{"message":"Invalid namespace"}' })],
      ['namespace-used-as-path', 'invalid-namespace'],
    ],
    ['a poll that a proxy ends', [...openedByPolling(SID), poll({ sid: SID, at: 30, status: 504 })], []],
    [
      'a server that goes away under a session',
      [...openedByPolling(SID), poll({ sid: SID, at: 30, status: 0, error: 'net::ERR_EMPTY_RESPONSE' })],
      [],
    ],
    ['HTML of a single-page application', [poll({ response: HTML, ...missing })], ['spa-fallback-html']],
    [
      'a dead sid, text withheld',
      [...openedByPolling(SID), poll({ sid: SID, at: 40, status: 400, response: JSON_TYPE, ...missing })],
      ['cors-missing-on-error', 'sticky-session-missing'],
    ],
    [
      'a redirect without CORS',
      [poll({ status: 302, redirectUrl: 'http://localhost:3001/login', ...missing })],
      ['polling-redirect'],
    ],
    [
      'a dropped upgrade',
      [
        ...openedByPolling(SID),
        webSocket({ sid: SID, at: 20, socketErrors: ['Connection closed before receiving a handshake response'] }),
      ],
      ['ws-upgrade-dropped'],
    ],
    [
      'a handshake without an answer',
      [poll({ status: 0, outcome: 'pending', durationMs: null })],
      ['handshake-pending'],
    ],
    ['blocked by CSP', [poll({ status: 0, error: '' })], ['csp-connect-src']],
    [
      'mixed content',
      [poll({ status: 0, error: '', page: 'https://a.example', server: 'http://b.example' })],
      ['mixed-content'],
    ],
    [
      'offline, and an extension’s block',
      [
        poll({ status: 0, error: 'net::ERR_INTERNET_DISCONNECTED' }),
        poll({ at: 9000, status: 0, error: 'net::ERR_BLOCKED_BY_CLIENT' }),
      ],
      ['blocked-by-client', 'offline-or-suspended'],
    ],
    [
      'a WebSocket that nobody takes at that path',
      [
        webSocket({
          durationMs: 1009,
          socketErrors: ['Connection closed before receiving a handshake response'],
        }),
      ],
      ['ws-path-unmatched', 'no-transport-fallback'],
    ],
    [
      'garbage after 101',
      [webSocket({ socketErrors: ['Invalid frame header'], status: 101 })],
      ['two-servers-same-http'],
    ],
    [
      'garbage after 101, of a v2 client',
      [webSocket({ eio: 3, socketErrors: ['Invalid frame header'], status: 101 })],
      ['version-eio3-ws-invalid-frame'],
    ],
    [
      '400 of an asyncio server to another origin, text withheld',
      [
        poll({
          status: 400,
          response: { 'Content-Type': 'text/plain', 'Access-Control-Allow-Credentials': 'true' },
          ...missing,
        }),
      ],
      ['python-origin-rejected', 'cors-missing-on-error'],
    ],
    [
      '400 of Node.js to a v4 client, text withheld',
      [poll({ status: 400, response: JSON_TYPE, ...missing })],
      ['middleware-rejected', 'cors-missing-on-error'],
    ],
    ['a v4 client at a v2 server', [poll({ body: `97:${openBody(SID)}2:40` })], ['version-eio4-to-v2']],
    [
      'a page that is left while the server answers',
      [
        ...openedByPolling(SID),
        poll({ sid: SID, at: 30, durationMs: 8, status: 0, error: 'net::ERR_ABORTED' }),
        poll({ sid: SID, at: 39, status: 400, body: '{"code":1,"message":"Session ID unknown"}' }),
      ],
      [],
    ],
  ])('%s', (_, exchanges, expected) => {
    expect(speaking(exchanges)).toEqual(expected);
  });
});

const ERRORS: CorsErrorName[] = [
  'MissingAllowOriginHeader',
  'MultipleAllowOriginValues',
  'InvalidAllowOriginValue',
  'AllowOriginMismatch',
  'WildcardOriginNotAllowed',
  'InvalidAllowCredentials',
  'PreflightMissingAllowOriginHeader',
  'PreflightMultipleAllowOriginValues',
  'PreflightAllowOriginMismatch',
  'HeaderDisallowedByPreflightResponse',
  'MethodDisallowedByPreflightResponse',
];

const parts = fc.record(
  {
    eio: fc.constantFrom(2, 3, 4),
    sid: fc.constantFrom(null, SID),
    page: fc.constantFrom(PAGE, SERVER, 'null', 'https://a.example'),
    pageUrl: fc.constantFrom(null, 'file:///a.html', `${PAGE}/chat`, 'not a URL'),
    status: fc.constantFrom(0, 101, 200, 204, 302, 304, 400, 401, 403, 404, 500, 502),
    response: fc.dictionary(
      fc.constantFrom(
        'Access-Control-Allow-Origin',
        'Access-Control-Allow-Headers',
        'Vary',
        'Content-Type',
        'Location',
      ),
      fc.oneof(fc.string(), fc.constantFrom('*', PAGE, `${PAGE}, *`, 'text/html', 'application/json', 'Origin')),
    ),
    request: fc.dictionary(fc.constantFrom('Cookie', 'Access-Control-Request-Headers', 'Origin'), fc.string()),
    body: fc.oneof(
      fc.string(),
      fc.constantFrom('hidden', 'empty', 'not-captured', '{"code":5,"message":"x"}', '44/a,"Invalid namespace"'),
    ),
    cors: fc.record({
      verdict: fc.constantFrom('pass' as const, 'fail' as const, 'unknown' as const, 'not-applicable' as const),
      error: fc.constantFrom(null, ...ERRORS),
      candidates: fc.array(fc.record({ error: fc.constantFrom(null, ...ERRORS), parameter: fc.constant(null) }), {
        maxLength: 2,
      }),
    }),
    error: fc.constantFrom(null, '', 'net::ERR_FAILED', 'net::ERR_CONNECTION_REFUSED'),
    socketErrors: fc.array(fc.constantFrom('', 'Error during WebSocket handshake: Unexpected response code: 400'), {
      maxLength: 2,
    }),
    frames: fc.array(
      fc.record({
        direction: fc.constantFrom('send' as const, 'receive' as const),
        data: fc.oneof(
          fc.string(),
          fc.constantFrom('2', '3', '1', '2probe', '3probe', '40', '40{"sid":"x"}', '41', '44/a,{}', openBody(SID)),
        ),
        atMs: fc.nat(100_000).map((ms) => T0 + ms),
        binary: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
    ended: fc.boolean(),
    outcome: fc.constantFrom('pending' as const, 'answered' as const, 'failed' as const),
    requestBody: fc.constantFrom('1', '3', '40', '41', '2', 'x'),
    dialect: fc.constantFrom('chromium' as const, 'firefox' as const, 'other' as const),
    redirectUrl: fc.constantFrom('http://a.example/?EIO=4', 'not a URL'),
    durationMs: fc.constantFrom(null, 0, 5, 1009, 3000, 10_000),
    at: fc.nat(10_000),
  },
  { requiredKeys: [] },
);
const exchange = fc.oneof(parts.map(poll), parts.map(preflight), parts.map(webSocket));

describe('whatever the evidence', () => {
  it('no rule throws, every page is filled and every snippet parses', () => {
    fc.assert(
      fc.property(fc.array(fc.array(exchange, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), (attempts) => {
        const all = endpoint(...attempts);
        for (const rule of rules) {
          hitsOf(rule, all);
          for (const session of all.sessions) rule.isOver?.(session);
        }
      }),
      { numRuns: 150 },
    );
  });
});
