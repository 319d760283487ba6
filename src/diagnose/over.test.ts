import { describe, expect, it } from 'vitest';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Endpoint } from '../model/session.ts';
import { rules } from '../rules/index.ts';
import {
  type ExchangeCase,
  endpoint,
  openedByPolling,
  PAGE,
  poll,
  preflight,
  refusal,
  T0,
  webSocket,
} from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';
import { runRules } from './run-rules.ts';

type Outcome = 'active' | 'fixed' | 'not seen';

/** What becomes of a rule's finding in these attempts. */
function outcomeOf(rule: string, ...attempts: JudgedExchange[][]): Outcome | undefined {
  return outcomeIn(endpoint(...attempts), rule);
}

function outcomeIn(seen: Endpoint, rule: string): Outcome | undefined {
  const finding = runRules(seen, rules).findings.find((each) => each.rule.id === rule);
  if (finding?.state === 'resolved') return finding.mayReturn ? 'not seen' : 'fixed';
  return finding?.state;
}

/** The first finding, which says what to fix now. */
function firstOf(...attempts: JudgedExchange[][]): string | undefined {
  return runRules(endpoint(...attempts), rules).findings[0]?.rule.id;
}

const LATER = 60_000;
const ALLOWED = { 'Access-Control-Allow-Origin': PAGE, Vary: 'Origin' };

const noOrigin = (at = 0) => poll({ at, ...refusal('MissingAllowOriginHeader') });
const otherOrigin = (at = 0) =>
  poll({ at, response: { 'Access-Control-Allow-Origin': 'http://other' }, ...refusal('AllowOriginMismatch') });
const star = (at = 0) =>
  poll({ at, response: { 'Access-Control-Allow-Origin': '*' }, ...refusal('WildcardOriginNotAllowed') });
const noCredentials = (at = 0) => poll({ at, response: ALLOWED, ...refusal('InvalidAllowCredentials') });
const asked = (parts: ExchangeCase = {}) => preflight({ response: ALLOWED, ...parts });
const noHeader = asked({
  ...refusal('HeaderDisallowedByPreflightResponse', { parameter: 'x-token' }),
  response: { ...ALLOWED, 'Access-Control-Allow-Headers': 'x-other' },
});

describe('a CORS fault', () => {
  it.each<[string, string, JudgedExchange, JudgedExchange, Outcome]>([
    ['no credentials, then no origin', 'cors-credentials-not-allowed', noCredentials(), noOrigin(LATER), 'active'],
    [
      'no credentials, then another origin',
      'cors-credentials-not-allowed',
      noCredentials(),
      otherOrigin(LATER),
      'active',
    ],
    ['no credentials, then `*`', 'cors-credentials-not-allowed', noCredentials(), star(LATER), 'active'],
    ['another origin, then no origin', 'cors-origin-mismatch', otherOrigin(), noOrigin(LATER), 'active'],
    ['no origin, then another origin', 'cors-not-configured', noOrigin(), otherOrigin(LATER), 'active'],
    ['no origin, then no credentials', 'cors-not-configured', noOrigin(), noCredentials(LATER), 'fixed'],
    ['another origin, then no credentials', 'cors-origin-mismatch', otherOrigin(), noCredentials(LATER), 'fixed'],
    ['`*`, then no credentials', 'cors-wildcard-with-credentials', star(), noCredentials(LATER), 'fixed'],
    [
      'header, then no origin',
      'preflight-header-not-allowed',
      noHeader,
      asked({ at: LATER, response: {}, ...refusal('PreflightMissingAllowOriginHeader') }),
      'active',
    ],
    [
      'header, then 404',
      'preflight-header-not-allowed',
      noHeader,
      asked({ at: LATER, status: 404, ...refusal('PreflightInvalidStatus') }),
      'active',
    ],
    ['header, then the actual answer', 'preflight-header-not-allowed', noHeader, noOrigin(LATER), 'fixed'],
    [
      'origin, then 404 without it',
      'preflight-missing-origin',
      asked(refusal('PreflightMissingAllowOriginHeader')),
      asked({ at: LATER, status: 404, ...refusal('PreflightMissingAllowOriginHeader') }),
      'active',
    ],
    [
      'origin, then 404 with it',
      'preflight-missing-origin',
      asked(refusal('PreflightMissingAllowOriginHeader')),
      asked({ at: LATER, status: 404, ...refusal('PreflightInvalidStatus') }),
      'fixed',
    ],
    [
      '404, then a login',
      'preflight-not-ok',
      asked({ status: 404, ...refusal('PreflightInvalidStatus') }),
      asked({ at: LATER, status: 401, ...refusal('PreflightInvalidStatus') }),
      'active',
    ],
    [
      '404, then no origin',
      'preflight-not-ok',
      asked({ status: 404, ...refusal('PreflightInvalidStatus') }),
      asked({ at: LATER, response: {}, ...refusal('PreflightMissingAllowOriginHeader') }),
      'fixed',
    ],
  ])('is over only past its check: %s', (_, rule, before, after, outcome) => {
    expect(outcomeOf(rule, [before], [after])).toBe(outcome);
  });

  it('stands behind what the newest attempt failed on', () => {
    expect(firstOf([noCredentials()], [noOrigin(LATER)])).toBe('cors-not-configured');
  });

  it('is not called fixed by a connection that CORS does not guard', () => {
    const socket = webSocket({ at: LATER, frames: [frame(openBody('SID2'), LATER + 5)] });
    expect(outcomeOf('cors-not-configured', [noOrigin()], [socket])).toBe('not seen');
    expect(outcomeOf('cors-not-configured', [noOrigin()], openedByPolling('SID2', LATER))).toBe('fixed');
  });
});

function frame(data: string, at: number): JudgedExchange['frames'][number] {
  return { direction: 'receive', atMs: poll().startedMs + at, data, binary: false };
}

describe('an error of the server', () => {
  const code = (status: number, number: number, at = 0) =>
    poll({
      at,
      status,
      response: { ...ALLOWED, 'Content-Type': 'application/json' },
      body: `{"code":${number},"message":"x"}`,
    });

  it.each<[string, string, JudgedExchange, JudgedExchange, Outcome]>([
    [
      '403, then too many requests',
      'allow-request-forbidden',
      code(403, 4),
      poll({ at: LATER, status: 429, body: 'x' }),
      'active',
    ],
    [
      '403, then no backend',
      'allow-request-forbidden',
      code(403, 4),
      poll({ at: LATER, status: 502, body: 'x' }),
      'active',
    ],
    [
      '404, then no backend',
      'wrong-path-404',
      poll({ status: 404, body: 'x' }),
      poll({ at: LATER, status: 502, body: 'x' }),
      'active',
    ],
    ['404, then Engine.IO’s own 403', 'wrong-path-404', poll({ status: 404, body: 'x' }), code(403, 4, LATER), 'fixed'],
  ])('is over only behind it: %s', (_, rule, before, after, outcome) => {
    expect(outcomeOf(rule, [before], [after])).toBe(outcome);
  });
});

describe('what began beside it', () => {
  it('proves nothing of an answer that came later', () => {
    const late = { ...noOrigin(), durationMs: 3000 };
    expect(outcomeOf('cors-not-configured', [late], openedByPolling('SID2', 100))).toBe('active');
    expect(outcomeOf('cors-not-configured', [late], openedByPolling('SID2', LATER))).toBe('fixed');
  });
});

describe('a remark on the newest attempt', () => {
  it('does not stand before the error of an earlier one', () => {
    const offline = poll({ at: LATER, status: 0, error: 'net::ERR_INTERNET_DISCONNECTED' });
    expect(firstOf([noOrigin()], [offline])).toBe('cors-not-configured');
  });
});

describe('a fault that comes and goes', () => {
  const refused = (sid: string, at: number) => [
    poll({ at, body: openBody(sid) }),
    poll({ at: at + 20, sid, status: 400, body: '{"code":1,"message":"Session ID unknown"}' }),
  ];

  it('is not called fixed by a lucky attempt', () => {
    const attempts = [refused('SID1', 0), refused('SID2', 2000), openedByPolling('SID3', 4000)];
    expect(outcomeOf('sticky-session-missing', ...attempts)).toBe('not seen');
    const limited = poll({ status: 429 });
    expect(outcomeOf('rate-limited', [limited], openedByPolling('SID3', LATER))).toBe('not seen');
  });
});

describe('a fault of a namespace', () => {
  /** A session that joins `/`, and asks for another namespace. */
  const joins = (namespace: string, answer: string, sid: string, at = 0) => [
    poll({ at, response: ALLOWED, body: openBody(sid) }),
    poll({ at: at + 10, sid, method: 'POST', requestBody: `40${namespace},`, response: ALLOWED, body: 'ok' }),
    poll({ at: at + 12, sid, response: ALLOWED, body: answer }),
  ];
  const REFUSED = '44/admin,{"message":"not authorized"}';
  const refused = joins('/admin', REFUSED, 'SID1');

  it('is over only once that namespace is joined', () => {
    const outcome = (...later: JudgedExchange[]) => outcomeOf('connect-error-auth', refused, later);
    expect(outcome(...openedByPolling('SID2', LATER))).toBe('active');
    expect(outcome(...joins('/admin', '40/admin,{"sid":"x"}', 'SID2', LATER))).toBe('fixed');
  });

  it('is not over for a socket that was opened beside it', () => {
    expect(outcomeOf('connect-error-auth', refused, joins('/admin', '40/admin,{"sid":"x"}', 'SID2', 5))).toBe('active');
  });

  it('is not over where the server only ended it in time', () => {
    const kicked = joins('/admin', '40/admin,{"sid":"x"}\x1e41/admin,', 'SID1');
    expect(outcomeOf('server-disconnect', kicked, openedByPolling('SID2', LATER))).toBe('active');
    const again = joins('/admin', '40/admin,{"sid":"y"}', 'SID2', LATER);
    expect(outcomeOf('server-disconnect', kicked, again)).toBe('not seen');
  });

  it('is not seen any more on a page that was loaded anew, and asks for it no longer', () => {
    const unknown = joins('/admin', '44/admin,{"message":"Invalid namespace"}', 'SID1');
    const without = joins('', '40{"sid":"x"}', 'SID2', LATER);
    const loadedAt = (atMs: number) => ({
      ...endpoint(unknown, without),
      documents: [{ url: `${PAGE}/`, startedMs: T0 + atMs, policy: '' }],
    });
    expect(outcomeIn(loadedAt(LATER / 2), 'invalid-namespace')).toBe('not seen');
    expect(outcomeIn(loadedAt(-10), 'invalid-namespace')).toBe('active');
  });

  it('was answered once the server refuses it: it did not answer before', () => {
    const silent = [
      poll({ response: ALLOWED, body: openBody('SID1') }),
      poll({ at: 10, sid: 'SID1', method: 'POST', requestBody: '40', response: ALLOWED, body: 'ok' }),
      poll({ at: 12, sid: 'SID1', durationMs: 25_000, response: ALLOWED, body: '2' }),
      poll({ at: 25_100, sid: 'SID1', method: 'POST', requestBody: '3', response: ALLOWED, body: 'ok' }),
    ];
    const refusedNow = joins('', '44{"message":"not authorized"}', 'SID2', LATER);
    expect(outcomeOf('connect-not-acknowledged', silent)).toBe('active');
    expect(outcomeOf('connect-not-acknowledged', silent, refusedNow)).toBe('fixed');
  });

  it.each(['invalid-namespace', 'namespace-used-as-path'])('%s, too', (rule) => {
    const name = rule === 'invalid-namespace' ? '/admin' : '/socket.io';
    const unknown = joins(name, `44${name},{"message":"Invalid namespace"}`, 'SID1');
    expect(outcomeOf(rule, unknown, openedByPolling('SID2', LATER))).toBe('active');
    expect(outcomeOf(rule, unknown, joins(name, `40${name},{"sid":"x"}`, 'SID2', LATER))).toBe('fixed');
  });
});
