import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface WhenNearProps {
  class: string;
  children(): ComponentChildren;
}

/** A place for what costs a hundred predictions to show: it is shown when a person is about to look at it, and from then on. */
export function WhenNear({ class: name, children }: WhenNearProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        setNear(true);
      },
      { rootMargin: '50%' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div class={name} ref={place}>
      {isNear && children()}
    </div>
  );
}
