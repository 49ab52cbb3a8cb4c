import type { NumericColumn } from '@hearth/artifact';
import { area, line } from 'd3-shape';
import { rangeOf } from '../fields/entries.ts';
import { useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';
import { Axes } from './axes.tsx';
import { noteOffset, noteWidth } from './base-rate.ts';
import { height, xScale, yScale } from './layout.ts';
import { answerAt, extentOf, type Point } from './points.ts';

export interface PlotProps {
  /** CSS pixels. */
  width: number;
  column: NumericColumn;
  points: readonly Point[];
  here: Point | undefined;
  /** The point under the pointer or the keyboard's cursor. */
  cursor: Point | undefined;
  scale: Scale;
  /** The share of positives among the training rows. */
  baseRate?: number;
}

export function Plot({ width, column, points, here, cursor, scale, baseRate }: PlotProps) {
  const { messages, format } = useLocale();
  const { seen } = column;
  const isChance = scale.kind === 'chance';
  const x = xScale(column, width);
  const y = isChance ? yScale([0, 1]) : yScale(extentOf(points)).nice(5);
  const [left = 0, right = 0] = x.range();
  const startOfCurve = points
    .filter(({ value }) => x(value) < left + noteWidth)
    .map(({ answer }) => y(answer));
  const path = line<Point>(
    ({ value }) => x(value),
    ({ answer }) => y(answer),
  )(points);
  const band = area<Point>(
    ({ value }) => x(value),
    ({ interval, answer }) => y(interval?.low ?? answer),
    ({ interval, answer }) => y(interval?.high ?? answer),
  )(points.filter(({ interval }) => interval));
  return (
    <svg class="plot-area" width={width} height={height} aria-hidden="true" focusable="false">
      <clipPath id="seen">
        <rect x={x(seen.minimum)} y={0} width={x(seen.maximum) - x(seen.minimum)} height={height} />
      </clipPath>
      <Axes
        x={x}
        y={y}
        column={column}
        rows={isChance ? [0, 0.25, 0.5, 0.75, 1] : y.ticks(5)}
        scale={scale}
      />
      {band && <path class="band" d={band} />}
      {baseRate !== undefined && (
        <>
          <line class="base-rate" x1={left} x2={right} y1={y(baseRate)} y2={y(baseRate)} />
          <text class="note" x={left} dx={6} y={y(baseRate)} dy={noteOffset(startOfCurve, y(baseRate))}>
            {messages.baseRate(format.percent(baseRate))}
          </text>
        </>
      )}
      {path && <path class="line beyond" d={path} />}
      {path && <path class="line" d={path} clip-path="url(#seen)" />}
      {here && (
        <g class="here" transform={`translate(${x(here.value)} ${y(here.answer)})`}>
          <line y1={0} y2={height - 46 - y(here.answer)} />
          <circle r={7} />
          {!cursor && (
            <text y={labelHeight(y(here.answer))} {...labelPlace(points, here, column)}>
              {messages.here}
            </text>
          )}
        </g>
      )}
      {cursor && (
        <g class="cursor" transform={`translate(${x(cursor.value)} ${y(cursor.answer)})`}>
          <line y1={24 - y(cursor.answer)} y2={height - 46 - y(cursor.answer)} />
          <circle r={5} />
          <text
            y={labelHeight(y(cursor.answer))}
            x={x(cursor.value) > (left + right) / 2 ? -10 : 10}
            text-anchor={x(cursor.value) > (left + right) / 2 ? 'end' : 'start'}
          >
            {messages.curveReading(format.number(cursor.value), scale.text(cursor.answer))}
          </text>
        </g>
      )}
    </svg>
  );
}

/** Above the point, or below it where the note about the range is in the way. CSS pixels from the point. */
const labelHeight = (pointY: number) => (pointY < 50 ? 24 : -13);

/** Places the label of a point so that it does not cover the curve: on the side where the curve is lower, if there is room. */
function labelPlace(points: readonly Point[], { value }: Point, column: NumericColumn) {
  const { minimum, maximum } = rangeOf(column);
  const aside = (maximum - minimum) / 20;
  const left = answerAt(points, value - aside);
  const right = answerAt(points, value + aside);
  const isLeft = left !== undefined && (right === undefined || left <= right);
  return isLeft ? ({ x: -8, 'text-anchor': 'end' } as const) : ({ x: 8, 'text-anchor': 'start' } as const);
}
