import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { Element } from 'hast';
import { s } from 'hastscript';

type Extent = readonly [number, number];

/** Coordinates of a drawing, which scales to the width of the page. */
const size = { width: 420, height: 320 };
const margin = { top: 10, right: 22, bottom: 46, left: 50 };

/** From values to coordinates. */
export interface Scales {
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
}

export interface Axes {
  x: Extent;
  y: Extent;
  xLabel: string;
  yLabel: string;
  /** Both axes are shares, with ticks from 0 % to 100 %. */
  shares?: boolean;
  /** Text alternative for screen readers. */
  description: string;
}

/** A grid with axes, and what `draw` returns on it. */
export function plot(axes: Axes, draw: (scales: Scales) => Element[]): Element {
  const x = scaleLinear()
    .domain(axes.x)
    .range([margin.left, size.width - margin.right]);
  const y = scaleLinear()
    .domain(axes.y)
    .range([size.height - margin.bottom, margin.top]);
  const bottom = size.height - margin.bottom;
  return s(
    'svg.plot',
    { viewBox: `0 0 ${size.width} ${size.height}`, role: 'img', ariaLabel: axes.description },
    [
      ...ticksOf(x, axes.shares).map(([value, text]) =>
        s('g', [
          s('line.grid', { x1: x(value), x2: x(value), y1: margin.top, y2: bottom }),
          s('text.middle', { x: x(value), y: bottom + 17 }, text),
        ]),
      ),
      ...ticksOf(y, axes.shares).map(([value, text]) =>
        s('g', [
          s('line.grid', { x1: margin.left, x2: size.width - margin.right, y1: y(value), y2: y(value) }),
          s('text.end', { x: margin.left - 7, y: y(value) + 4 }, text),
        ]),
      ),
      s('text.axis.end', { x: size.width - margin.right, y: size.height - 8 }, axes.xLabel),
      s('text.axis', { x: margin.left + 6, y: margin.top + 14 }, axes.yLabel),
      ...draw({ x, y }),
    ],
  );
}

function ticksOf(scale: ScaleLinear<number, number>, shares = false): [number, string][] {
  const format = scale.tickFormat(5);
  if (!shares) return scale.ticks(5).map((value) => [value, format(value)]);
  return [0, 0.25, 0.5, 0.75, 1].map((value) => [value, `${value * 100}%`]);
}

/** Points joined by straight lines. */
export const polyline = (
  className: string,
  { x, y }: Scales,
  points: readonly (readonly [number, number])[],
): Element =>
  s('polyline', { className, points: points.map(([a, b]) => `${round(x(a))},${round(y(b))}`).join(' ') });

/** A dot, with an error bar if there is an interval. */
export function dot(
  className: string,
  { x, y }: Scales,
  [a, b]: readonly [number, number],
  interval?: Extent,
): Element {
  const at = round(x(a));
  return s('g', { className }, [
    ...(interval
      ? [s('line', { x1: at, x2: at, y1: round(y(interval[0])), y2: round(y(interval[1])) })]
      : []),
    s('circle', { cx: at, cy: round(y(b)), r: 4 }),
  ]);
}

export const round = (value: number): number => Math.round(value * 100) / 100;

/** The extent of values with a margin on both sides. */
export function roomy(values: readonly number[], share = 0.05): Extent {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low || Math.abs(high) || 1) * share;
  return [low - room, high + room];
}
