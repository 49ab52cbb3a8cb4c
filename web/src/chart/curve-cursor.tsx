import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';
import type { CurveAxis } from './curve-axis.ts';
import { xScale } from './layout.ts';
import { nearest, type Point } from './points.ts';

export interface CurveCursorProps {
  axis: CurveAxis;
  points: readonly Point[];
  /** The value at which reading by keyboard starts. */
  start: number | undefined;
  scale: Scale;
  enter(entry: string): void;
  children(cursor: Point | undefined): ComponentChildren;
}

/** Lets a person read the curve point by point, by pointer or keyboard; a click or Enter enters the value. */
export function CurveCursor({ axis, points, start, scale, enter, children }: CurveCursorProps) {
  const { messages } = useLocale();
  const [at, setAt] = useState<number>();
  const begin = start ?? (axis.minimum + axis.maximum) / 2;
  const place = nearest(points, at ?? begin);
  const cursor = points[place];

  const placeUnder = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return xScale(axis, width).invert(event.clientX - left);
  };
  const read = (index: number) => setAt(points[Math.min(points.length - 1, Math.max(0, index))]?.value);

  function onKey(event: KeyboardEvent): void {
    const places: Record<string, number> = {
      ArrowLeft: place - 1,
      ArrowDown: place - 1,
      ArrowRight: place + 1,
      ArrowUp: place + 1,
      PageDown: place - 10,
      PageUp: place + 10,
      Home: 0,
      End: points.length - 1,
    };
    const next = places[event.key];
    if (event.key === 'Enter' && cursor) enter(axis.entry(cursor.value));
    else if (event.key === 'Escape') setAt(undefined);
    else if (next !== undefined) read(next);
    else return;
    event.preventDefault();
  }

  const reading = cursor && messages.curveReading(axis.text(cursor.value), scale.text(cursor.answer));
  return (
    <div
      class="reading"
      role="slider"
      tabIndex={0}
      aria-label={axis.label}
      aria-describedby="curve-summary"
      aria-valuemin={axis.minimum}
      aria-valuemax={axis.maximum}
      aria-valuenow={cursor?.value ?? begin}
      aria-valuetext={reading ?? messages.notGiven}
      onKeyDown={onKey}
      onBlur={() => setAt(undefined)}
      onPointerLeave={() => setAt(undefined)}
      onPointerMove={(event) => {
        setAt(placeUnder(event));
        if (event.buttons === 1) enter(axis.entry(placeUnder(event)));
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        enter(axis.entry(placeUnder(event)));
      }}
    >
      {children(at === undefined ? undefined : cursor)}
    </div>
  );
}
