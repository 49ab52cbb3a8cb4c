import type { NumericColumn } from '@hearth/artifact';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { rangeOf } from '../fields/entries.ts';
import { withUnit } from '../format.ts';
import { useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';
import { valueAt } from './layout.ts';
import { nearest, type Point } from './points.ts';

export interface CurveCursorProps {
  column: NumericColumn;
  points: readonly Point[];
  /** The value at which reading by keyboard starts. */
  start: number | undefined;
  scale: Scale;
  enter(value: number): void;
  children(cursor: Point | undefined): ComponentChildren;
}

/** Lets a person read the curve point by point, by pointer or keyboard; a click or Enter enters the value. */
export function CurveCursor({ column, points, start, scale, enter, children }: CurveCursorProps) {
  const { messages, format, labelOf, text } = useLocale();
  const [at, setAt] = useState<number>();
  const begin = start ?? (column.seen.minimum + column.seen.maximum) / 2;
  const place = nearest(points, at ?? begin);
  const cursor = points[place];

  const valueUnder = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return valueAt(column, event.clientX - left, width);
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
    if (event.key === 'Enter' && cursor) enter(cursor.value);
    else if (event.key === 'Escape') setAt(undefined);
    else if (next !== undefined) read(next);
    else return;
    event.preventDefault();
  }

  const reading =
    cursor &&
    messages.curveReading(
      withUnit(format.number(cursor.value), text(column.unit)),
      scale.text(cursor.answer),
    );
  return (
    <div
      class="reading"
      role="slider"
      tabIndex={0}
      aria-label={labelOf(column)}
      aria-describedby="curve-summary"
      aria-valuemin={rangeOf(column).minimum}
      aria-valuemax={rangeOf(column).maximum}
      aria-valuenow={cursor?.value ?? begin}
      aria-valuetext={reading ?? messages.notGiven}
      onKeyDown={onKey}
      onBlur={() => setAt(undefined)}
      onPointerLeave={() => setAt(undefined)}
      onPointerMove={(event) => {
        setAt(valueUnder(event));
        if (event.buttons === 1) enter(valueUnder(event));
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        enter(valueUnder(event));
      }}
    >
      {children(at === undefined ? undefined : cursor)}
    </div>
  );
}
