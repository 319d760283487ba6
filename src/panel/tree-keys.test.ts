import { describe, expect, it } from 'vitest';
import { endpoint, panelState, session } from './dev/builders.ts';
import { treeMove } from './tree-keys.ts';
import { treeRows } from './tree-rows.ts';

const state = panelState({
  endpoints: [endpoint({ id: 'e1', sessions: ['s1', 's2'] }), endpoint({ id: 'e2', sessions: [] })],
  sessions: [session({ id: 's1' }), session({ id: 's2' })],
});
const rowsWith = (collapsed: string[] = []) =>
  treeRows(state, { filter: '', onlyProblems: false, collapsed: new Set(collapsed) });
const to = (index: number) => ({ kind: 'focus', index });
const TOGGLE = { kind: 'toggle' };

/** Rows: e1, s1, s2, e2. */
describe('treeMove', () => {
  it.each([
    ['ArrowDown', 0, to(1)],
    ['ArrowDown', 3, to(3)],
    ['ArrowUp', 0, to(0)],
    ['ArrowUp', 3, to(2)],
    ['Home', 2, to(0)],
    ['End', 0, to(3)],
    ['PageDown', 0, to(3)],
    ['PageUp', 3, to(0)],
    ['ArrowRight', 0, to(1)],
    ['ArrowRight', 1, null],
    ['ArrowRight', 3, null],
    ['ArrowLeft', 0, TOGGLE],
    ['ArrowLeft', 2, to(0)],
    ['ArrowLeft', 3, null],
    ['Enter', 0, TOGGLE],
    ['Enter', 1, null],
    ['Enter', 3, null],
    ['a', 0, null],
  ])('%s on row %i', (key, index, move) => expect(treeMove(key, index, rowsWith())).toEqual(move));

  it('unfolds a folded endpoint, and does not fold it again', () => {
    expect(treeMove('ArrowRight', 0, rowsWith(['e1']))).toEqual(TOGGLE);
    expect(treeMove('ArrowLeft', 0, rowsWith(['e1']))).toBeNull();
  });

  it('does nothing in an empty tree', () => expect(treeMove('ArrowDown', 0, [])).toBeNull());
});
