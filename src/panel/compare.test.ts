import { describe, expect, it } from 'vitest';
import type { Status } from '../model/report.ts';
import { type Change, compareSides, countChanges, endpointVerdict } from './compare.ts';
import { endpoint, finding, panelState, SERVER } from './dev/builders.ts';

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
