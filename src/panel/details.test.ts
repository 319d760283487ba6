import { describe, expect, it } from 'vitest';
import type { PanelState } from '../messaging/contract.ts';
import { detailsOf, exchangesOf, findingTree, phasesOf } from './details.ts';
import { endpoint, exchange, finding, panelState, SERVER, session, step } from './dev/builders.ts';
import { treeRows } from './tree-rows.ts';

function detailsFor(state: PanelState, key: string) {
  const row = treeRows(state, { filter: '', onlyProblems: false, collapsed: new Set() }).find(
    (each) => each.key === key,
  );
  if (!row) throw new Error(`no row ${key}`);
  return detailsOf(state, row);
}

const tree = (findings: Parameters<typeof findingTree>[0]) =>
  findingTree(findings).map((node) => [node.finding.id, ...node.consequences.map(({ id }) => id)]);

describe('findingTree', () => {
  it('puts consequences under their root, however far they are from it', () => {
    const findings = [
      finding({ id: 'a' }),
      finding({ id: 'b', causedBy: 'a' }),
      finding({ id: 'c' }),
      finding({ id: 'd', causedBy: 'b' }),
    ];
    expect(tree(findings)).toEqual([['a', 'b', 'd'], ['c']]);
  });

  it('shows a consequence by itself when its cause is not among them, or over', () => {
    expect(tree([finding({ id: 'b', causedBy: 'elsewhere' })])).toEqual([['b']]);
    expect(tree([finding({ id: 'a', state: 'resolved' }), finding({ id: 'b', causedBy: 'a' })])).toEqual([['b']]);
  });

  it('loses none of two that cause each other', () => {
    expect(tree([finding({ id: 'a', causedBy: 'b' }), finding({ id: 'b', causedBy: 'a' })])).toEqual([['a'], ['b']]);
    expect(tree([finding({ id: 'a', causedBy: 'a' })])).toEqual([['a']]);
    const circle = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['d', 'b'],
    ] as const;
    expect(tree(circle.map(([id, causedBy]) => finding({ id, causedBy })))).toEqual([['a'], ['b', 'd'], ['c']]);
  });
});

describe('phasesOf', () => {
  it('names each kind once, with its worst outcome', () => {
    const steps = [
      step('handshake'),
      step('poll'),
      step('upgrade', { outcome: 'failed' }),
      step('poll', { outcome: 'pending' }),
    ];
    expect(phasesOf(steps)).toEqual([
      { kind: 'handshake', outcome: 'ok', times: 1 },
      { kind: 'poll', outcome: 'pending', times: 2 },
      { kind: 'upgrade', outcome: 'failed', times: 1 },
    ]);
  });

  it('keeps a failure that was followed by a success', () => {
    expect(phasesOf([step('upgrade', { outcome: 'failed' }), step('upgrade')])[0]?.outcome).toBe('failed');
  });
});

describe('detailsOf', () => {
  const failed = session({ id: 's1', clientError: 'xhr poll error' });
  const later = session({ id: 's2', state: 'connecting' });
  const state = panelState({
    endpoints: [endpoint({ rootCause: 'cors-not-configured', sessions: ['s1', 's2'] })],
    sessions: [failed, later],
    findings: [finding({ sessions: ['s1'] })],
    summary: { status: 'failing', headline: 'From the engine', rootCause: 'cors-not-configured' },
  });

  it('lets the failed session speak for a failing endpoint, not the one that is still trying', () => {
    expect(detailsFor(state, 'endpoint e1').telling).toBe(failed);
  });

  it('lets the session of the cause speak for a degraded endpoint', () => {
    const degraded = {
      ...state,
      endpoints: [endpoint({ status: 'degraded', rootCause: 'cors-not-configured', sessions: ['s1', 's2'] })],
    };
    expect(detailsFor(degraded, 'endpoint e1').telling).toBe(failed);
  });

  it('lets the latest session speak for a healthy endpoint', () => {
    const healthy = { ...state, endpoints: [endpoint({ status: 'healthy', sessions: ['s1', 's2'] })], findings: [] };
    expect(detailsFor(healthy, 'endpoint e1').telling).toBe(later);
  });

  it('gives a session its own findings only', () => {
    expect(detailsFor(state, 'session s1').findings).toHaveLength(1);
    expect(detailsFor(state, 'session s2').findings).toHaveLength(0);
  });

  it('heads with the title of the root cause, past what is only information', () => {
    const findings = [
      finding({ id: 'i', severity: 'info', title: 'Just so' }),
      finding({ id: 'f', title: 'The cause' }),
    ];
    expect(detailsFor({ ...state, findings }, 'endpoint e1').headline).toBe('The cause');
  });

  it('heads with the engine’s own words where no finding is active', () => {
    const recovered = {
      ...state,
      endpoints: [endpoint({ status: 'recovered', rootCause: 'x', sessions: ['s1'] })],
      findings: [finding({ state: 'resolved' })],
      summary: { status: 'recovered', headline: 'From the engine', rootCause: 'x' } as const,
    };
    expect(detailsFor(recovered, 'endpoint e1').headline).toBe('From the engine');
  });

  it('does not head a second healthy endpoint with what was said of the first', () => {
    const two = panelState({
      endpoints: [
        endpoint({ id: 'a', url: 'http://a.test/socket.io/', status: 'healthy' }),
        endpoint({ id: 'b', url: 'http://b.test/socket.io/', status: 'healthy' }),
      ],
      summary: {
        status: 'healthy',
        headline: 'Connected to `http://b.test/socket.io/`. Nothing to fix.',
        rootCause: null,
      },
    });
    expect(detailsFor(two, 'endpoint a').headline).toContain('http://a.test/');
    expect(detailsFor(two, 'endpoint b').headline).toContain('http://b.test/');
  });
});

describe('exchangesOf', () => {
  const state = panelState({
    endpoints: [endpoint({ sessions: ['s1'] }), endpoint({ id: 'e2', url: 'http://localhost:3001/socket.io/other/' })],
    sessions: [session({ attempts: 2, steps: [step('handshake', { exchanges: ['latest'] })] })],
    exchanges: [
      exchange({ id: 'earlier' }),
      exchange({ id: 'latest' }),
      exchange({ id: 'socket', url: `${SERVER.replace('http', 'ws')}?EIO=4&transport=websocket` }),
      exchange({ id: 'other', url: 'http://localhost:3001/socket.io/other/?EIO=4&transport=polling' }),
    ],
  });
  const idsFor = (key: string) => exchangesOf(state, detailsFor(state, key)).map(({ id }) => id);

  it('gives a session the exchanges of its steps', () => expect(idsFor('session s1')).toEqual(['latest']));
  it('gives an endpoint those of folded attempts and sockets too, and no other endpoint’s', () => {
    expect(idsFor('endpoint e1')).toEqual(['earlier', 'latest', 'socket']);
  });
  it('adds what the evidence points to', () => {
    const evidence = [{ exchange: 'other', where: 'status', name: 'Status', expected: '200', actual: '404' }];
    const shown = { ...state, findings: [finding({ evidence })] };
    expect(exchangesOf(shown, detailsFor(shown, 'session s1')).map(({ id }) => id)).toEqual(['latest', 'other']);
  });
});
