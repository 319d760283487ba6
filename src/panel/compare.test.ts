import { describe, expect, it } from 'vitest';
import type { ReportFinding, ReportSession, Status } from '../model/report.ts';
import { type Change, compareSides, countChanges, endpointVerdict } from './compare.ts';
import { endpoint, exchange, finding, panelState, SERVER, session, step } from './dev/builders.ts';

const OTHER = 'http://localhost:4000/socket.io/';

/** One endpoint with these rules active. */
function side(status: Status, rules: string[], parts: { id?: string; url?: string } = {}) {
  const { id = 'e1', url = SERVER } = parts;
  return panelState({
    endpoints: [endpoint({ id, url, status })],
    findings: rules.map((rule, index) => finding({ id: `f${index}`, rule, endpoint: id })),
  });
}

const changes = (...sides: [ReturnType<typeof side>, ReturnType<typeof side>]): [string, Change][] =>
  compareSides(...sides).flatMap(({ findings }) =>
    findings.map(({ rule, change }): [string, Change] => [rule, change]),
  );

describe('compareSides', () => {
  it('calls a problem fixed when the connection works without it', () => {
    expect(changes(side('failing', ['cors-not-configured']), side('healthy', []))).toEqual([
      ['cors-not-configured', 'fixed'],
    ]);
  });

  it('does not call a problem fixed that another failure may hide', () => {
    expect(changes(side('failing', ['cors-not-configured']), side('failing', ['connection-refused']))).toEqual([
      ['connection-refused', 'new'],
      ['cors-not-configured', 'gone'],
    ]);
  });

  it('knows what is still there, whatever ids the two sides give', () => {
    const later = side('degraded', ['stuck', 'probe-failed'], { id: 'e7' });
    expect(changes(side('failing', ['stuck', 'dns-failure']), later)).toEqual([
      ['stuck', 'still'],
      ['probe-failed', 'new'],
      ['dns-failure', 'fixed'],
    ]);
  });

  it('says nothing of an endpoint that one side did not connect to', () => {
    const before = side('failing', ['dns-failure']);
    const after = side('failing', ['tls-error'], { url: OTHER });
    expect(changes(before, after)).toEqual([
      ['dns-failure', 'untested'],
      ['tls-error', 'untested'],
    ]);
    expect(changes(before, side('idle', []))).toEqual([['dns-failure', 'untested']]);
    expect(compareSides(before, after).map(({ url, before: b, after: a }) => [url, b !== null, a !== null])).toEqual([
      [SERVER, true, false],
      [OTHER, false, true],
    ]);
  });

  describe('where the later connection works', () => {
    const POLLED = exchange({ id: 'x1' });
    const UPGRADED = exchange({ id: 'x2', kind: 'websocket', status: 101 });

    /** What becomes of a problem when the later side is one session that works, and carried these exchanges. */
    function changeOf(problem: Partial<ReportFinding>, later: Partial<ReportSession> = {}, used = [POLLED, UPGRADED]) {
      const before = panelState({ endpoints: [endpoint()], findings: [finding(problem)] });
      const steps = used.map(({ id }) => step('poll', { exchanges: [id] }));
      const after = panelState({
        endpoints: [endpoint({ status: 'healthy' })],
        sessions: [
          session({
            state: 'connected',
            transport: used.includes(UPGRADED) ? 'websocket' : 'polling',
            steps,
            ...later,
          }),
        ],
        exchanges: used,
      });
      return compareSides(before, after).map((pair) => [pair.findings[0]?.change, endpointVerdict(pair)]);
    }

    const FIXED = [['fixed', 'Fixed: it failed, and connects now.']];
    const NOT_SEEN = [['gone', 'It failed, and connects now. Whether what it failed on is mended cannot be told.']];
    const admin = (state: string) => ({ namespaces: [{ name: '/admin', state, message: null }] });

    it('does not call fixed what comes and goes', () => {
      expect(changeOf({ rule: 'payload-too-large', mayReturn: true })).toEqual(NOT_SEEN);
    });

    it('asks for the namespace', () => {
      expect(changeOf({ namespace: '/admin' })).toEqual(NOT_SEEN);
      expect(changeOf({ namespace: '/admin' }, admin('rejected'))).toEqual(NOT_SEEN);
      expect(changeOf({ namespace: '/admin' }, admin('connected'))).toEqual(FIXED);
    });

    it('asks for the transport', () => {
      expect(changeOf({ transport: 'websocket' }, {}, [POLLED])).toEqual(NOT_SEEN);
      expect(changeOf({ transport: 'polling' }, {}, [UPGRADED])).toEqual(NOT_SEEN);
      expect(changeOf({ transport: 'websocket' })).toEqual(FIXED);
      expect(changeOf({ transport: 'polling' })).toEqual(FIXED);
    });

    it('takes a report without these fields as before', () => {
      expect(changeOf({})).toEqual(FIXED);
    });
  });

  it('tells endpoints of different page origins apart', () => {
    const after = { ...side('healthy', []), endpoints: [endpoint({ pageOrigin: 'http://other', status: 'healthy' })] };
    expect(changes(side('failing', ['dns-failure']), after)).toEqual([['dns-failure', 'untested']]);
  });

  it('leaves out advice, and what was over on its own side', () => {
    const before = panelState({
      endpoints: [endpoint({ status: 'recovered' })],
      findings: [
        finding({ id: 'f1', rule: 'dns-failure', state: 'resolved' }),
        finding({ id: 'f2', rule: 'extra-headers-force-preflight', severity: 'info' }),
      ],
    });
    expect(changes(before, side('healthy', []))).toEqual([]);
  });

  it('takes a rule with another detail for another problem', () => {
    const redirect = (detail: string) =>
      panelState({ endpoints: [endpoint()], findings: [finding({ rule: 'polling-redirect', detail })] });
    expect(
      compareSides(redirect('login'), redirect('host'))[0]?.findings.map(({ detail, change }) => [detail, change]),
    ).toEqual([
      ['host', 'new'],
      ['login', 'gone'],
    ]);
  });
});

describe('endpointVerdict', () => {
  const verdict = (...sides: [ReturnType<typeof side>, ReturnType<typeof side>]) =>
    compareSides(...sides).map(endpointVerdict);

  it.each<[Status, Status, string[], string]>([
    ['failing', 'healthy', [], 'Fixed: it failed, and connects now.'],
    ['failing', 'recovered', [], 'Fixed: it failed, and connects now.'],
    ['failing', 'degraded', ['stuck'], 'Fixed: it connects now, with a problem left.'],
    ['failing', 'failing', ['x'], 'Still failing.'],
    ['healthy', 'failing', ['x'], 'Broken: it connected, and fails now.'],
    ['healthy', 'healthy', [], 'It connected in both.'],
    ['failing', 'idle', [], 'The later one had not connected yet: whether anything was fixed cannot be told.'],
  ])('%s, then %s', (before, after, rules, text) => {
    expect(verdict(side(before, ['x']), side(after, rules))).toEqual([text]);
  });

  it('counts the changes, the most pressing first', () => {
    expect(countChanges(compareSides(side('failing', ['a', 'b']), side('degraded', ['b', 'c', 'd'])))).toEqual([
      ['new', 2],
      ['still', 1],
      ['fixed', 1],
    ]);
  });
});
