import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';

const MIN = 20;
const MAX = 75;
const STEP = 3;

interface SplitterProps {
  /** Share of the first side, in percent. */
  value: number;
  /** Whether the sides lie above each other. */
  stacked: boolean;
  controls: string;
  onChange(value: number): void;
}

/** The bar between the two regions (https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/). */
export function Splitter({ value, stacked, controls, onChange }: SplitterProps) {
  const bar = useRef<HTMLDivElement>(null);
  const change = (next: number) => onChange(Math.min(MAX, Math.max(MIN, next)));

  const drag = (event: PointerEvent) => {
    const area = bar.current?.parentElement?.getBoundingClientRect();
    if (!area || !bar.current?.hasPointerCapture(event.pointerId)) return;
    const share = stacked ? (event.clientY - area.top) / area.height : (event.clientX - area.left) / area.width;
    change(share * 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = stacked
      ? { ArrowUp: value - STEP, ArrowDown: value + STEP, Home: MIN, End: MAX }
      : { ArrowLeft: value - STEP, ArrowRight: value + STEP, Home: MIN, End: MAX };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    change(next);
  };
  return (
    <div
      ref={bar}
      role="separator"
      tabIndex={0}
      aria-label="Size of the list of connections"
      aria-orientation={stacked ? 'horizontal' : 'vertical'}
      aria-valuenow={Math.round(value)}
      aria-valuemin={MIN}
      aria-valuemax={MAX}
      aria-controls={controls}
      className="splitter"
      onPointerDown={(event) => bar.current?.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={onKeyDown}
    />
  );
}
