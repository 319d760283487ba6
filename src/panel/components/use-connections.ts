import { useDeferredValue, useMemo, useState } from 'react';
import type { PanelState } from '../../messaging/contract.ts';
import { endpointKey, type TreeRow, treeRows, worstRow } from '../tree-rows.ts';

/** What the list of connections shows, and which of them is selected. */
export interface Connections {
  rows: readonly TreeRow[];
  /** The user's choice while it is in sight; else the worst, so that the diagnosis is there without a click. */
  selected: TreeRow | null;
  filter: string;
  onlyProblems: boolean;
  setFilter(filter: string): void;
  setOnlyProblems(only: boolean): void;
  select(row: Pick<TreeRow, 'key'>): void;
  toggle(endpointId: string): void;
  /** Forgets the user's choice. */
  deselect(): void;
}

export function useConnections(state: PanelState | null): Connections {
  const [filter, setFilter] = useState('');
  const [onlyProblems, setOnlyProblems] = useState(false);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const shownFilter = useDeferredValue(filter);

  const rows = useMemo(
    () => (state ? treeRows(state, { filter: shownFilter, onlyProblems, collapsed }) : []),
    [state, shownFilter, onlyProblems, collapsed],
  );
  const selected = useMemo(
    () => rows.find((row) => row.key === chosenKey) ?? worstRow(rows, state?.summary.rootCause ?? null),
    [rows, chosenKey, state],
  );

  const toggle = (endpointId: string) => {
    const after = new Set(collapsed);
    const wasOpen = !after.delete(endpointId);
    if (wasOpen) after.add(endpointId);
    setCollapsed(after);
    // What is folded away cannot stay selected: its endpoint takes its place.
    if (wasOpen && selected?.kind === 'session' && selected.endpoint.id === endpointId) {
      setChosenKey(endpointKey(endpointId));
    }
  };

  return {
    rows,
    selected,
    filter,
    onlyProblems,
    setFilter,
    setOnlyProblems,
    select: (row) => setChosenKey(row.key),
    toggle,
    deselect: () => setChosenKey(null),
  };
}
