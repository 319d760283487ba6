import type { TreeRow } from './tree-rows.ts';

/** What a key does in the tree. `toggle` folds or unfolds the row that has the focus. */
export type TreeMove = { kind: 'focus'; index: number } | { kind: 'toggle' };

const PAGE = 10;

/**
 * The treegrid's keyboard, rows only. Null when the key means nothing here.
 * Source: ARIA Authoring Practices, "Treegrid" (https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/).
 */
export function treeMove(key: string, index: number, rows: readonly TreeRow[]): TreeMove | null {
  const row = rows[index];
  if (!row) return null;
  switch (key) {
    case 'ArrowDown':
      return focus(index + 1, rows);
    case 'ArrowUp':
      return focus(index - 1, rows);
    case 'PageDown':
      return focus(index + PAGE, rows);
    case 'PageUp':
      return focus(index - PAGE, rows);
    case 'Home':
      return focus(0, rows);
    case 'End':
      return focus(rows.length - 1, rows);
    case 'ArrowRight':
      return moveIn(row, index, rows);
    case 'ArrowLeft':
      return moveOut(row, index, rows);
    case 'Enter':
      return row.kind === 'endpoint' && row.expandable ? { kind: 'toggle' } : null;
    default:
      return null;
  }
}

function focus(index: number, rows: readonly TreeRow[]): TreeMove {
  return { kind: 'focus', index: Math.min(Math.max(index, 0), rows.length - 1) };
}

function moveIn(row: TreeRow, index: number, rows: readonly TreeRow[]): TreeMove | null {
  if (row.kind !== 'endpoint' || !row.expandable) return null;
  return row.expanded ? focus(index + 1, rows) : { kind: 'toggle' };
}

function moveOut(row: TreeRow, index: number, rows: readonly TreeRow[]): TreeMove | null {
  if (row.kind === 'endpoint') return row.expanded ? { kind: 'toggle' } : null;
  return { kind: 'focus', index: rows.slice(0, index).findLastIndex((candidate) => candidate.kind === 'endpoint') };
}
