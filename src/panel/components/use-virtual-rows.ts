import type { Virtualizer } from '@tanstack/react-virtual';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { useRef } from 'react';

interface VirtualRowsOptions {
  count: number;
  /** Of an ordinary row, in px. */
  rowHeight: number;
  /** Of the head that stays in sight above the rows; part of each row's `start`. */
  headHeight?: number;
  keyOf(index: number): string;
}

interface VirtualRows {
  scroller: RefObject<HTMLDivElement | null>;
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>;
}

/** For lists of any length: only the rows in sight are in the document. */
export function useVirtualRows({ count, rowHeight, headHeight = 0, keyOf }: VirtualRowsOptions): VirtualRows {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 10,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    initialRect: { width: 600, height: 600 },
  });
  return { scroller, virtualizer };
}
