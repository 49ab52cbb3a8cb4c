import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The width of an element in CSS pixels, so that a drawing can fill it without scaling its text. */
export function useWidth(): { box: { current: HTMLDivElement | null }; width: number } {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}
