import type { TreeRow } from '../tree-rows.ts';
import { COLUMNS } from './connection-columns.tsx';
import { Icon } from './Icon.tsx';

interface ConnectionRowProps {
  row: TreeRow;
  /** 1-based, the head counted. */
  rowIndex: number;
  /** Distance from the top of the list, in px. */
  top: number;
  selected: boolean;
  tabStop: boolean;
  onSelect(row: TreeRow): void;
  onToggle(endpointId: string): void;
}

export function ConnectionRow({ row, rowIndex, top, selected, tabStop, onSelect, onToggle }: ConnectionRowProps) {
  const expandable = row.kind === 'endpoint' && row.expandable;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys for all its rows
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-level={row.kind === 'endpoint' ? 1 : 2}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={selected}
      aria-expanded={expandable ? row.expanded : undefined}
      tabIndex={tabStop ? 0 : -1}
      className={`tree-row level-${row.kind}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(row)}
      onDoubleClick={() => expandable && onToggle(row.endpoint.id)}
    >
      {COLUMNS.map((column) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the rows take the focus, not their cells
        <span key={column.id} role="gridcell" className={`cell cell-${column.id}`}>
          {column.id === 'name' && <Twisty row={row} shown={expandable} onToggle={onToggle} />}
          {column.render(row)}
        </span>
      ))}
    </div>
  );
}

interface TwistyProps {
  row: TreeRow;
  shown: boolean;
  onToggle(endpointId: string): void;
}

/** For the mouse only: the keyboard folds with the arrows, and the row tells whether it is unfolded. */
function Twisty({ row, shown, onToggle }: TwistyProps) {
  const expanded = row.kind === 'endpoint' && row.expanded;
  if (!shown) return <span className="twisty" />;
  return (
    <span
      aria-hidden
      className={expanded ? 'twisty twisty-open' : 'twisty'}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(row.endpoint.id);
      }}
    >
      <Icon name="chevron" />
    </span>
  );
}
