import type { NumericColumn } from '@hearth/artifact';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useLocale } from '../locale.ts';
import { Axes } from './axes.tsx';
import { chanceAt, type Point } from './points.ts';

const height = 320;
const margin = { top: 20, right: 14, bottom: 46, left: 44 };

export interface PlotProps {
  /** CSS pixels. */
  width: number;
  column: NumericColumn;
  points: readonly Point[];
  here: Point | undefined;
  /** The share of positives among the training rows. */
  baseRate?: number;
  enter(value: number): void;
}

export function Plot({ width, column, points, here, baseRate, enter }: PlotProps) {
  const { messages, format } = useLocale();
  const { minimum, maximum, seen, type } = column;
  const x = scaleLinear([minimum, maximum], [margin.left, width - margin.right]).clamp(true);
  const y = scaleLinear([0, 1], [height - margin.bottom, margin.top]);
  const path = line<Point>(
    ({ value }) => x(value),
    ({ chance }) => y(chance),
  )(points);

  function enterAt(event: PointerEvent & { currentTarget: SVGElement }): void {
    const value = x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left);
    enter(type === 'integer' ? Math.round(value) : Number(value.toPrecision(3)));
  }

  return (
    <svg
      class="plot-area"
      width={width}
      height={height}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        enterAt(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && enterAt(event)}
    >
      <clipPath id="seen">
        <rect x={x(seen.minimum)} y={0} width={x(seen.maximum) - x(seen.minimum)} height={height} />
      </clipPath>
      <Axes x={x} y={y} column={column} />
      {baseRate !== undefined && (
        <>
          <line class="base-rate" x1={x.range()[0]} x2={x.range()[1]} y1={y(baseRate)} y2={y(baseRate)} />
          <text class="note" x={x.range()[0]} dx={6} y={y(baseRate)} dy={-7}>
            {messages.baseRate(format.percent(baseRate))}
          </text>
        </>
      )}
      {path && <path class="line beyond" d={path} />}
      {path && <path class="line" d={path} clip-path="url(#seen)" />}
      {here && (
        <g class="here" transform={`translate(${x(here.value)} ${y(here.chance)})`}>
          <line y1={0} y2={y(0) - y(here.chance)} />
          <circle r={7} />
          <text y={-13} {...labelPlace(points, here, column)}>
            {messages.you}
          </text>
        </g>
      )}
    </svg>
  );
}

/** Puts the label of a point above the curve: on the side to which the curve falls, unless that is off the drawing. */
function labelPlace(points: readonly Point[], { value }: Point, column: NumericColumn) {
  const aside = (column.maximum - column.minimum) / 20;
  const left = chanceAt(points, value - aside);
  const right = chanceAt(points, value + aside);
  const isLeft = left !== undefined && (right === undefined || left <= right);
  return isLeft ? ({ x: -8, 'text-anchor': 'end' } as const) : ({ x: 8, 'text-anchor': 'start' } as const);
}
