import { describe, expect, it } from 'vitest';
import { endpoint, finding, panelState, session } from './dev/builders.ts';
import { type TreeRow, type TreeView, treeRows, worstRow } from './tree-rows.ts';

const VIEW: TreeView = { filter: '', onlyProblems: false, collapsed: new Set() };
const keys = (rows: TreeRow[]) => rows.map((row) => row.key);

/** One endpoint that fails (s1, s2), one that works (s3). */
const state = panelState({
  endpoints: [
    endpoint({ id: 'e1', url: 'http://api.test/socket.io/', rootCause: 'cors-not-configured', sessions: ['s1', 's2'] }),
    endpoint({ id: 'e2', url: 'http://chat.test/socket.io/', status: 'healthy', sessions: ['s3'] }),
  ],
  sessions: [
    session({ id: 's1', attempts: 7, clientError: 'xhr poll error', startedAt: '2026-11-22T10:00:00.000Z' }),
    session({ id: 's2', state: 'closed', sid: 'abc', startedAt: '2026-11-22T10:00:05.000Z' }),
    session({ id: 's3', endpoint: 'e2', state: 'connected', transport: 'websocket' }),
  ],
  findings: [finding({ sessions: ['s1'] })],
});

describe('treeRows', () => {
  it('lists endpoints, each with its sessions under it', () => {
    expect(keys(treeRows(state, VIEW))).toEqual([
      'endpoint e1',
      'session s1',
      'session s2',
      'endpoint e2',
      'session s3',
    ]);
  });

  it('says where each row stands among its siblings', () => {
    expect(treeRows(state, VIEW).map(({ position, setSize }) => [position, setSize])).toEqual([
      [1, 2],
      [1, 2],
      [2, 2],
      [2, 2],
      [1, 1],
    ]);
  });

  it('sums the attempts of an endpoint and shows when it was tried last', () => {
    expect(treeRows(state, VIEW)[0]).toMatchObject({ attempts: 8, latestAt: '2026-11-22T10:00:05.000Z' });
  });

  it('folds sessions away', () => {
    const rows = treeRows(state, { ...VIEW, collapsed: new Set(['e1']) });
    expect(keys(rows)).toEqual(['endpoint e1', 'endpoint e2', 'session s3']);
    expect(rows[0]).toMatchObject({ expandable: true, expanded: false });
  });

  it.each([
    ['api.test', ['endpoint e1', 'session s1', 'session s2']],
    ['WEBSOCKET', ['endpoint e2', 'session s3']],
    ['poll error', ['endpoint e1', 'session s1']],
    ['cors-not', ['endpoint e1', 'session s1', 'session s2']],
    ['api.test abc', ['endpoint e1', 'session s2']],
    ['no such thing', []],
    ['   ', ['endpoint e1', 'session s1', 'session s2', 'endpoint e2', 'session s3']],
  ])('filters by %s', (filter, expected) => expect(keys(treeRows(state, { ...VIEW, filter }))).toEqual(expected));

  it('finds a session by a rule that only its findings name', () => {
    const named = panelState({ ...state, endpoints: state.endpoints.map((each) => ({ ...each, rootCause: null })) });
    expect(keys(treeRows(named, { ...VIEW, filter: 'cors-not-configured' }))).toEqual(['endpoint e1', 'session s1']);
  });

  it('shows only problems: what fails, or has an active warning or error', () => {
    expect(keys(treeRows(state, { ...VIEW, onlyProblems: true }))).toEqual(['endpoint e1', 'session s1']);
  });

  it('takes a finding for no problem when it is resolved, or only information', () => {
    const onlyProblems = { ...VIEW, onlyProblems: true };
    const shownWith = (parts: Parameters<typeof finding>[0]) =>
      keys(
        treeRows(
          panelState({
            endpoints: [endpoint({ status: 'degraded', sessions: ['s1'] })],
            sessions: [session({ state: 'connected' })],
            findings: [finding(parts)],
          }),
          onlyProblems,
        ),
      );
    expect(shownWith({ severity: 'warning' })).toEqual(['endpoint e1', 'session s1']);
    expect(shownWith({ severity: 'info' })).toEqual(['endpoint e1']);
    expect(shownWith({ state: 'resolved' })).toEqual(['endpoint e1']);
  });
});

describe('worstRow', () => {
  const worstOf = (endpoints: ReturnType<typeof endpoint>[], rootCause: string | null = null) => {
    const sessions = endpoints
      .flatMap((each) => each.sessions)
      .map((id, index) => session({ id, startedAt: `2026-11-22T10:00:0${index}.000Z` }));
    return worstRow(treeRows(panelState({ endpoints, sessions }), VIEW), rootCause)?.key;
  };

  it('takes failing before degraded before recovered before healthy', () => {
    const ranked = (['healthy', 'recovered', 'degraded', 'failing'] as const).map((status, index) =>
      endpoint({ id: `e${index}`, status }),
    );
    expect(worstOf(ranked)).toBe('endpoint e3');
    expect(worstOf(ranked.slice(0, 3))).toBe('endpoint e2');
    expect(worstOf(ranked.slice(0, 2))).toBe('endpoint e1');
  });

  it('takes the one that the summary speaks of, of two that fail', () => {
    const two = [endpoint({ id: 'a', rootCause: 'tls-error' }), endpoint({ id: 'b', rootCause: 'dns-failure' })];
    expect(worstOf(two, 'tls-error')).toBe('endpoint a');
    expect(worstOf(two, 'dns-failure')).toBe('endpoint b');
  });

  it('takes the latest of two that fail alike', () => {
    expect(worstOf([endpoint({ id: 'a', sessions: ['s1'] }), endpoint({ id: 'b', sessions: ['s2'] })])).toBe(
      'endpoint b',
    );
    expect(worstOf([endpoint({ id: 'b', sessions: ['s2'] }), endpoint({ id: 'a', sessions: [] })])).toBe('endpoint b');
  });

  it('takes none of nothing', () => expect(worstOf([])).toBeUndefined());
});
