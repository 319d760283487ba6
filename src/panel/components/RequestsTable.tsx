import { useEffect, useMemo } from 'react';
import type { PanelState } from '../../messaging/contract.ts';
import { type Details, exchangesOf } from '../details.ts';
import { HeadRow } from './HeadRow.tsx';
import { COLUMNS } from './request-columns.tsx';
import { useVirtualRows } from './use-virtual-rows.ts';

/** In px, of the head too; as in `requests.css`. */
const ROW_HEIGHT = 26;

interface RequestsTableProps {
  state: PanelState;
  details: Details;
  /** The exchange to point out. */
  marked: string | null;
}

/** The exchanges of what is selected, in the order of the capture. */
export function RequestsTable({ state, details, marked }: RequestsTableProps) {
  const exchanges = useMemo(() => exchangesOf(state, details), [state, details]);
  const { scroller, virtualizer } = useVirtualRows({
    count: exchanges.length,
    rowHeight: ROW_HEIGHT,
    headHeight: ROW_HEIGHT,
    keyOf: (index) => exchanges[index]?.id ?? String(index),
  });
  const markedIndex = exchanges.findIndex(({ id }) => id === marked);
  useEffect(() => {
    if (markedIndex >= 0) virtualizer.scrollToIndex(markedIndex, { align: 'center' });
  }, [markedIndex, virtualizer]);

  return (
    <div className="requests">
      <div
        role="table"
        aria-label="Requests"
        aria-rowcount={exchanges.length + 1}
        className="scroll"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by the keyboard too
        tabIndex={0}
      >
        <div role="rowgroup" className="requests-head">
          <HeadRow className="request-row" columns={COLUMNS} />
        </div>
        <div role="rowgroup" className="virtual" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const exchange = exchanges[index];
            if (!exchange) return null;
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: nothing can be done with a row but read it
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                className={index === markedIndex ? 'request-row request-marked' : 'request-row'}
                style={{ transform: `translateY(${start - ROW_HEIGHT}px)` }}
              >
                {COLUMNS.map((column) => (
                  <span key={column.id} role="cell" className={`cell cell-${column.id}`}>
                    {column.render(exchange)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {details.session && details.session.attempts > 1 && (
        <p className="requests-note">Those of the latest attempt; select the endpoint to see those of all.</p>
      )}
    </div>
  );
}
