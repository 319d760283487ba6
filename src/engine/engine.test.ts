import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntryRecord } from '../model/capture-log.ts';
import type { HarEntry } from '../model/har.ts';
import { diagnose, engineWith, reportOf } from '../testing/diagnose.ts';
import {
  entry,
  handshakeUrl,
  healthyEntries,
  message,
  openBody,
  PAGE,
  records,
  SERVER,
  sidUrl,
  socketEntry,
  T0,
} from '../testing/entries.ts';

const ALLOWED = { 'Access-Control-Allow-Origin': PAGE, Vary: 'Origin' };

const blocked = (at: number, responseHeaders: Record<string, string> = {}): HarEntry =>
  entry({ at, url: handshakeUrl(), error: 'net::ERR_FAILED', responseHeaders });

/** One capture of everything: failures of several kinds, a preflight, a healthy connection, an upgrade that fails. */
function richCapture(): HarEntry[] {
  const preflighted = handshakeUrl();
  return [
    entry({ at: 0, status: 0, error: 'net::ERR_CONNECTION_REFUSED' }),
    blocked(1000),
    blocked(3000),
    entry({ at: 5000, url: preflighted, status: 0, error: 'net::ERR_FAILED' }),
    entry({
      at: 5001,
      url: preflighted,
      method: 'OPTIONS',
      type: 'preflight',
      status: 400,
      requestHeaders: { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-a' },
    }),
    ...healthyEntries('SID0000000000000AAAA', 8000, ALLOWED),
    entry({ at: 9000, responseHeaders: ALLOWED, body: openBody('SID0000000000000BBBB') }),
    entry({
      at: 9010,
      method: 'POST',
      url: sidUrl('SID0000000000000BBBB'),
      requestBody: '40',
      body: 'ok',
      responseHeaders: ALLOWED,
    }),
    entry({ at: 9011, url: sidUrl('SID0000000000000BBBB'), body: '40{"sid":"sockB"}', responseHeaders: ALLOWED }),
    socketEntry({
      url: sidUrl('SID0000000000000BBBB', 'websocket'),
      at: 9012,
      status: 0,
      endsAfter: 8,
      messages: [message('error', 'Error during WebSocket handshake: Unexpected response code: 400', 9020)],
    }),
  ];
}

describe('order does not matter', () => {
  const log = records(richCapture());
  const expected = JSON.stringify(reportOf(log));

  it('gives the same report for any permutation and duplication of the entries', () => {
    const shuffled = fc.shuffledSubarray(log, { minLength: log.length });
    const repeated = fc.subarray(log);
    fc.assert(
      fc.property(shuffled, repeated, (order, again) => {
        const renumbered = [...order, ...again].map((record, index) => ({ ...record, seq: index + 1 }));
        expect(JSON.stringify(reportOf(renumbered))).toBe(expected);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('gives the same report however the records are cut into batches', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: log.length }), { maxLength: 6 }), (cuts) => {
        const engine = engineWith([]);
        const edges = [0, ...cuts.sort((a, b) => a - b), log.length];
        for (const [index, from] of edges.entries()) {
          engine.add(log.slice(from, edges[index + 1]));
          engine.diagnose();
        }
        expect(
          JSON.stringify(engine.buildReport({ redact: false, notes: '', createdAtMs: T0, version: '0.0.0' })),
        ).toBe(expected);
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  it('gives the same report after forgetting what never belonged', () => {
    const extra = records([blocked(20_000), ...healthyEntries('SID0000000000000CCCC', 21_000)], 1000);
    const engine = engineWith([...log, ...extra]);
    engine.diagnose();
    engine.forget(
      extra.map((record) => record.seq),
      { exchanges: 0, sessions: 0 },
    );
    const report = engine.buildReport({ redact: false, notes: '', createdAtMs: T0, version: '0.0.0' });
    expect(report.sessions).toEqual(reportOf(log).sessions);
    expect(report.findings).toEqual(reportOf(log).findings);
  });
});

describe('status and folding', () => {
  it('folds attempts that fail alike, and keeps the call site of the first', () => {
    const first = blocked(0);
    const withStack: HarEntry = {
      ...first,
      _initiator: {
        type: 'script',
        stack: {
          callFrames: [
            { functionName: '_create', url: `${PAGE}/socket.io.js`, lineNumber: 1, columnNumber: 1 },
            { functionName: 'start', url: `${PAGE}/chat.ts`, lineNumber: 40, columnNumber: 6 },
          ],
        },
      },
    };
    const { sessions, endpoints } = diagnose([withStack, blocked(1000), blocked(3000)]);
    expect(sessions).toMatchObject([
      {
        attempts: 3,
        state: 'failed',
        clientError: 'xhr poll error',
        openedAt: { url: `${PAGE}/chat.ts`, line: 41, column: 7 },
      },
    ]);
    expect(endpoints).toMatchObject([{ status: 'failing', url: `${SERVER}/socket.io/`, pageOrigin: PAGE }]);
  });

  it('does not fold across a success, and calls it recovered afterwards', () => {
    const { sessions, summary, findings } = diagnose([
      blocked(0),
      ...healthyEntries('SID0000000000000AAAA', 1000, ALLOWED),
    ]);
    expect(sessions.map((session) => [session.state, session.attempts])).toEqual([
      ['failed', 1],
      ['connected', 1],
    ]);
    expect(summary).toMatchObject({ status: 'recovered', rootCause: 'cors-not-configured' });
    expect(findings.every((finding) => finding.state === 'resolved')).toBe(true);
  });

  it('is failing again when the newest attempt fails', () => {
    expect(diagnose([...healthyEntries('SID0000000000000AAAA', 0, ALLOWED), blocked(90_000)]).summary.status).toBe(
      'failing',
    );
  });

  it('is healthy and silent on a connection that upgraded', () => {
    const { summary, sessions, findings, limits } = diagnose(healthyEntries());
    expect(summary).toMatchObject({ status: 'healthy', rootCause: null });
    expect(sessions).toMatchObject([
      {
        state: 'connected',
        transport: 'websocket',
        clientError: null,
        namespaces: [{ name: '/', state: 'connected' }],
        server: { version: '>=4.5' },
      },
    ]);
    expect(findings).toEqual([]);
    expect(limits).toEqual([]);
  });

  it('takes a session that is first seen in the middle for connected', () => {
    const sid = 'SID0000000000000AAAA';
    const { sessions } = diagnose([
      entry({ url: sidUrl(sid), body: '2', responseHeaders: ALLOWED }),
      entry({ at: 9, url: sidUrl(sid), method: 'POST', requestBody: '3', body: 'ok', responseHeaders: ALLOWED }),
    ]);
    expect(sessions).toMatchObject([{ state: 'connected', transport: 'polling', clientError: null }]);
  });

  it('takes what the page gave up itself for no failure', () => {
    const unloaded = [
      entry({ body: openBody('SID0000000000000DDDD'), responseHeaders: ALLOWED }),
      entry({ at: 5, url: sidUrl('SID0000000000000DDDD'), status: 0, error: 'net::ERR_ABORTED' }),
    ];
    expect(diagnose(unloaded)).toMatchObject({
      summary: { status: 'healthy' },
      sessions: [{ state: 'closed', clientError: null }],
    });
    expect(
      diagnose([entry({ status: 0, error: 'net::ERR_ABORTED' }), ...healthyEntries('SID0000000000000AAAA', 50)]).summary
        .status,
    ).toBe('healthy');
  });

  it('waits for a WebSocket that is open and has carried nothing yet', () => {
    expect(diagnose([socketEntry({ messages: [] })]).sessions[0]?.state).toBe('connecting');
  });

  it('gives what the client says when a session breaks before a namespace is joined', () => {
    const sid = 'SID0000000000000EEEE';
    const { sessions } = diagnose([
      entry({ body: openBody(sid), responseHeaders: ALLOWED }),
      entry({
        at: 5,
        url: sidUrl(sid),
        method: 'POST',
        requestBody: '40',
        status: 400,
        body: '{"code":1,"message":"Session ID unknown"}',
        responseHeaders: ALLOWED,
      }),
    ]);
    expect(sessions).toMatchObject([{ state: 'failed', clientError: 'xhr post error' }]);
  });

  it('gives what the client says of an answer that holds nothing', () => {
    const empty = entry({ responseHeaders: ALLOWED });
    const answered = { ...empty, response: { ...empty.response, content: { size: 0 } } };
    const { sessions } = diagnose([answered]);
    expect(sessions).toMatchObject([{ state: 'failed', clientError: 'server error' }]);
    expect(sessions[0]?.steps).toMatchObject([{ kind: 'handshake', outcome: 'failed' }]);
  });

  it('says idle when there is nothing, and that it is being made when a handshake is under way', () => {
    expect(diagnose([]).summary).toMatchObject({ status: 'idle', rootCause: null });
    const pending = diagnose([entry({ status: 0, error: null, time: 2 })]);
    expect(pending.sessions[0]?.state).toBe('connecting');
    expect(pending.summary.status).toBe('idle');
  });

  it('turns a pending handshake into the client’s timeout when the clock says so', () => {
    const engine = engineWith(records([entry({ status: 0, error: null, time: 2 })]));
    // After 5 s the missing answer is worth saying, after 20 s the client gives up.
    expect(engine.diagnose().wakeAtMs).toBe(T0 + 5_000);
    engine.add([{ kind: 'tick', seq: 899, atMs: T0 + 10_000 }]);
    expect(engine.diagnose().wakeAtMs).toBe(T0 + 20_000);
    engine.add([{ kind: 'tick', seq: 900, atMs: T0 + 20_000 }]);
    const { diagnosis, wakeAtMs } = engine.diagnose();
    expect(diagnosis.sessions[0]).toMatchObject({ state: 'failed', clientError: 'timeout' });
    expect(wakeAtMs).toBeNull();
  });

  it('says so when a connection fails and no rule explains it', () => {
    const { summary } = diagnose([entry({ status: 599, error: null, responseHeaders: ALLOWED, body: 'teapot' })]);
    expect(summary).toMatchObject({ status: 'failing', rootCause: null });
    expect(summary.headline).toContain('no rule explains it');
  });

  it('keeps two servers of one page apart', () => {
    const other = 'http://localhost:4000';
    const { endpoints } = diagnose([
      blocked(0),
      ...healthyEntries(),
      entry({ at: 5, url: handshakeUrl(other), error: 'net::ERR_FAILED' }),
    ]);
    expect(endpoints.map((endpoint) => endpoint.url)).toEqual([`${SERVER}/socket.io/`, `${other}/socket.io/`]);
  });
});

describe('the report', () => {
  const secretSid = 'SID0000000000000AAAA';
  const log: EntryRecord[] = records([
    entry({
      responseHeaders: { ...ALLOWED, 'Set-Cookie': 'io=cookie-secret-1; Path=/; HttpOnly' },
      requestHeaders: { Cookie: 'app=cookie-secret-2', Authorization: 'Bearer header-secret' },
      body: openBody(secretSid),
    }),
    entry({
      at: 5,
      method: 'POST',
      url: sidUrl(secretSid),
      requestBody: '40{"token":"auth-secret"}',
      body: 'ok',
      responseHeaders: ALLOWED,
    }),
    entry({ at: 6, url: sidUrl(secretSid), body: '40{"sid":"socket-io-sid"}', responseHeaders: ALLOWED }),
  ]);
  const SECRETS = [secretSid, 'cookie-secret-1', 'cookie-secret-2', 'header-secret', 'auth-secret', 'socket-io-sid'];

  it('hides cookies, credentials and sids, and only when asked', () => {
    const open = JSON.stringify(reportOf(log));
    const hidden = JSON.stringify(reportOf(log, true));
    for (const secret of SECRETS) {
      expect(open).toContain(secret);
      expect(hidden).not.toContain(secret);
    }
    expect(hidden).toContain('io=[redacted:cookie:');
    expect(hidden).toContain('; Path=/; HttpOnly');
  });

  it('gives the same sid the same placeholder', () => {
    const report = reportOf(log, true);
    const sid = report.sessions[0]?.sid ?? '';
    expect(sid).toMatch(/^\[redacted:sid:\d+\]$/);
    expect(report.exchanges[1]?.url).toContain(`sid=${sid}`);
  });

  it('opens again with the same sessions and findings, and what was seen beside them', () => {
    const rest = entry({ status: 404, responseHeaders: { 'Access-Control-Allow-Origin': PAGE } });
    const beside = { ...rest, request: { ...rest.request, url: `${SERVER}/api/users` } };
    const elsewhere = { ...rest, request: { ...rest.request, url: 'http://localhost:9999/api' } };
    const first = reportOf(records([...richCapture(), beside, elsewhere]), true);
    const urls = first.har.log.entries.map((item) => item.request.url);
    expect(urls).toContain(beside.request.url);
    expect(urls).not.toContain(elsewhere.request.url);
    const again = reportOf(records(first.har.log.entries), true);
    expect(again.findings).toEqual(first.findings);
    expect(again.sessions).toEqual(first.sessions);
  });
});
