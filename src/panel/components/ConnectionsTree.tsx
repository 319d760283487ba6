import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef } from 'react';
import { treeMove } from '../tree-keys.ts';
import type { TreeRow } from '../tree-rows.ts';
import { ConnectionRow } from './ConnectionRow.tsx';
import { COLUMNS } from './connection-columns.tsx';
import { HeadRow } from './HeadRow.tsx';

/** In px, of the head too; as in `tree.css`. */
const ROW_HEIGHT = 26;

interface ConnectionsTreeProps {
  rows: readonly TreeRow[];
  selectedKey: string | null;
  onSelect(row: TreeRow): void;
  onToggle(endpointId: string): void;
}

/**
 * Endpoints and their sessions. Only the rows in sight are in the document, and the one that has the focus.
 * Pattern: https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/, rows only; the selection follows the focus.
 */
export function ConnectionsTree({ rows, selectedKey, onSelect, onToggle }: ConnectionsTreeProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const seenKey = useRef<string | null>(null);
  const selectedIndex = rows.findIndex((row) => row.key === selectedKey);
  const tabStop = Math.max(selectedIndex, 0);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    scrollMargin: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
    initialRect: { width: 400, height: 600 },
    rangeExtractor: (range) => withIndex(defaultRangeExtractor(range), tabStop, rows.length),
  });

  useEffect(() => {
    if (selectedIndex >= 0 && selectedKey !== seenKey.current) virtualizer.scrollToIndex(selectedIndex);
    seenKey.current = selectedKey;
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    scroller.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = treeMove(event.key, tabStop, rows);
    if (!move) return;
    event.preventDefault();
    const row = rows[move.kind === 'focus' ? move.index : tabStop];
    if (!row) return;
    if (move.kind === 'toggle') onToggle(row.endpoint.id);
    else onSelect(row);
    wantsFocus.current = true;
  };

  return (
    <div
      role="treegrid"
      aria-label="Endpoints and sessions"
      aria-rowcount={rows.length + 1}
      className="tree"
      ref={scroller}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="tree-head">
        <HeadRow className="tree-row" columns={COLUMNS} />
      </div>
      <div role="rowgroup" className="tree-body" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return row ? (
            <ConnectionRow
              key={key}
              row={row}
              rowIndex={index + 2}
              top={start - ROW_HEIGHT}
              selected={index === selectedIndex}
              tabStop={index === tabStop}
              onSelect={onSelect}
              onToggle={onToggle}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}

function withIndex(indexes: number[], extra: number, count: number): number[] {
  if (extra >= count || indexes.includes(extra)) return indexes;
  return [...indexes, extra].sort((a, b) => a - b);
}
