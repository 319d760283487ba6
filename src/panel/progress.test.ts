import { describe, expect, it } from 'vitest';
import type { ReportFinding } from '../model/report.ts';
import { detailsOf } from './details.ts';
import { endpoint, finding, panelState, session } from './dev/builders.ts';
import { progressOf } from './progress.ts';
import { treeRows } from './tree-rows.ts';

/** An endpoint whose attempts were `s1`, `s2`, ... and all failed. */
function progress(attempts: number, ...findings: ReportFinding[]) {
  const ids = Array.from({ length: attempts }, (_, index) => `s${index + 1}`);
  const owner = endpoint({ id: 'e1', sessions: ids });
  const sessions = ids.map((id) => session({ id, endpoint: 'e1', state: 'failed' }));
  const state = panelState({ endpoints: [owner], sessions, findings });
  const [row] = treeRows(state, { filter: '', onlyProblems: false, collapsed: new Set() });
  return row ? progressOf(detailsOf(state, row)) : null;
}

const of = (id: string, sessions: string[], more: Partial<ReportFinding> = {}) =>
  finding({ id, endpoint: 'e1', sessions, ...more });

function ids(result: ReturnType<typeof progress>) {
  if (!result) return null;
  const { gone, unseen, added, left, unreached } = result;
  return [gone, unseen, added, left, unreached].map((list) => list.map(({ id }) => id).join());
}

describe('progressOf', () => {
  it('says what is gone, not seen, new, left, and not reached', () => {
    const result = progress(
      3,
      of('older', ['s1'], { state: 'resolved' }),
      of('gone', ['s1', 's2'], { state: 'resolved' }),
      of('unseen', ['s2'], { state: 'resolved', mayReturn: true }),
      of('new', ['s3']),
      of('left', ['s2', 's3']),
      of('unreached', ['s2']),
    );
    expect(ids(result)).toEqual(['gone', 'unseen', 'new', 'left', 'unreached']);
  });

  it('does not count hints and consequences', () => {
    const result = progress(
      2,
      of('gone', ['s1'], { state: 'resolved' }),
      of('new', ['s2']),
      of('advice', ['s2'], { severity: 'info' }),
      of('follows', ['s2'], { causedBy: 'new' }),
    );
    expect(ids(result)).toEqual(['gone', '', 'new', '', '']);
  });

  it.each<[string, number, ReportFinding[]]>([
    ['there is one attempt', 1, [of('a', ['s1'])]],
    ['nothing changed', 2, [of('a', ['s1', 's2'])]],
    ['all is well: each finding says that it is fixed', 2, [of('a', ['s1'], { state: 'resolved' })]],
    ['it worked before', 2, [of('a', ['s2'])]],
  ])('says nothing where %s', (_, attempts, findings) => {
    expect(progress(attempts, ...findings)).toBeNull();
  });
});
