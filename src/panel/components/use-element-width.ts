import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';

/** Width of the element that gets `ref`, in px, as it changes. */
export function useElementWidth(): { ref: RefObject<HTMLDivElement | null>; width: number } {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() => (typeof window === 'undefined' ? 1000 : window.innerWidth));
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver((entries) => {
      const now = entries.at(-1)?.contentRect.width;
      if (now) setWidth(now);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
