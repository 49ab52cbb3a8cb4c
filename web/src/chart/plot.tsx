import { area, line } from 'd3-shape';
import { useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';
import { Axes } from './axes.tsx';
import { noteOffset, noteWidth } from './base-rate.ts';
import type { CurveAxis } from './curve-axis.ts';
import type { Density } from './density.ts';
import { height, margin, xScale, yScale } from './layout.ts';
import { answerAt, extentOf, type Point } from './points.ts';

/** CSS pixels of the densest piece. */
const tallest = 40;

export interface PlotProps {
  /** CSS pixels. */
  width: number;
  axis: CurveAxis;
  points: readonly Point[];
  /** How the training rows are spread. */
  density: readonly Density[];
  here: Point | undefined;
  /** The point under the pointer or the keyboard's cursor. */
  cursor: Point | undefined;
  scale: Scale;
  /** The share of positives among the training rows. */
  baseRate?: number;
}

export function Plot({ width, axis, points, density, here, cursor, scale, baseRate }: PlotProps) {
  const { messages, format } = useLocale();
  const isChance = scale.kind === 'chance';
  const { minimum: first, maximum: last } = axis.seen ?? axis;
  const isKnown = ({ value }: Point) => value >= first && value <= last;
  const x = xScale(axis, width);
  const y = isChance ? yScale([0, 1]) : yScale(extentOf(points)).nice(5);
  const [left = 0, right = 0] = x.range();
  const [bottom = 0] = y.range();
  const startOfCurve = points
    .filter(({ value }) => x(value) < left + noteWidth)
    .map(({ answer }) => y(answer));
  const path = line<Point>(
    ({ value }) => x(value),
    ({ answer }) => y(answer),
  );
  const [curve, beyond] = [path(points.filter(isKnown)), path(points)];
  const band = area<Point>(
    ({ value }) => x(value),
    ({ interval, answer }) => y(interval?.low ?? answer),
    ({ interval, answer }) => y(interval?.high ?? answer),
  )(points.filter((point) => point.interval && isKnown(point)));
  return (
    <svg class="plot-area" width={width} height={height} aria-hidden="true" focusable="false">
      <Axes x={x} y={y} axis={axis} rows={isChance ? [0, 0.25, 0.5, 0.75, 1] : y.ticks(5)} scale={scale} />
      {band && <path class="band" d={band} />}
      {density.map(({ from, to, height: share }) => (
        <rect
          key={`${from} ${to}`}
          class="density"
          x={x(from)}
          y={bottom - tallest * share}
          width={Math.max(1, x(to) - x(from) - 1)}
          height={tallest * share}
        />
      ))}
      {baseRate !== undefined && (
        <>
          <line class="base-rate" x1={left} x2={right} y1={y(baseRate)} y2={y(baseRate)} />
          <text class="note" x={left} dx={6} y={y(baseRate)} dy={noteOffset(startOfCurve, y(baseRate))}>
            {messages.baseRate(format.percent(baseRate))}
          </text>
        </>
      )}
      {beyond && <path class="line beyond" d={beyond} />}
      {curve && <path class="line" d={curve} />}
      {here && (
        <g class="here" transform={`translate(${x(here.value)} ${y(here.answer)})`}>
          <line y1={0} y2={height - margin.bottom - y(here.answer)} />
          <circle r={7} />
          {!cursor && (
            <text y={labelHeight(y(here.answer))} {...labelPlace(points, here, axis)}>
              {messages.here}
            </text>
          )}
        </g>
      )}
      {cursor && (
        <g class="cursor" transform={`translate(${x(cursor.value)} ${y(cursor.answer)})`}>
          <line y1={margin.top - y(cursor.answer)} y2={height - margin.bottom - y(cursor.answer)} />
          <circle r={5} />
          <text
            y={labelHeight(y(cursor.answer))}
            x={x(cursor.value) > (left + right) / 2 ? -10 : 10}
            text-anchor={x(cursor.value) > (left + right) / 2 ? 'end' : 'start'}
          >
            {messages.curveReading(axis.bare(cursor.value), scale.text(cursor.answer))}
          </text>
        </g>
      )}
    </svg>
  );
}

/** Above the point, or below it where the note about the range is in the way. CSS pixels from the point. */
const labelHeight = (pointY: number) => (pointY < 50 ? 24 : -13);

/** Places the label of a point so that it does not cover the curve: on the side where the curve is lower, if there is room. */
function labelPlace(points: readonly Point[], { value }: Point, { minimum, maximum }: CurveAxis) {
  const aside = (maximum - minimum) / 20;
  const left = answerAt(points, value - aside);
  const right = answerAt(points, value + aside);
  const isLeft = left !== undefined && (right === undefined || left <= right);
  return isLeft ? ({ x: -8, 'text-anchor': 'end' } as const) : ({ x: 8, 'text-anchor': 'start' } as const);
}
