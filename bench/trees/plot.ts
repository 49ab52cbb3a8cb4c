import { type ScaleLogarithmic, scaleLog } from 'd3-scale';
import { toHtml } from 'hast-util-to-html';
import { s } from 'hastscript';
import { axes, middle, type ScalingPoint } from './scaling.ts';

type Scale = ScaleLogarithmic<number, number>;
type Axis = keyof typeof axes;

const panel = { width: 300, height: 230 };
const margin = { top: 34, right: 18, bottom: 46, left: 58 };
const measures = [
  { title: 'time', unit: 's', of: ({ seconds }: ScalingPoint) => seconds },
  { title: 'peak memory', unit: 'MB', of: ({ peak }: ScalingPoint) => peak ?? Number.NaN },
];

const style = `text{font:12px system-ui,sans-serif;fill:#333}.title{font-weight:600}.grid{stroke:#ddd}
.line{fill:none;stroke:#b3341f;stroke-width:2}.dot{fill:#b3341f}.law{fill:#666}.guide{fill:none;stroke:#888;stroke-dasharray:4 3}`;

/** Time and memory along each axis, both scales logarithmic, as the text of an SVG file. */
export function drawScaling(points: readonly ScalingPoint[]): string {
  const width = 3 * panel.width;
  const height = measures.length * panel.height;
  const names = Object.keys(axes) as Axis[];
  return toHtml(
    s(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
      [
        s('title', 'How time and memory of growing trees grow with rows, trees and columns'),
        s('style', style),
        s('rect', { width, height, fill: '#fff' }),
        ...measures.flatMap((measure, row) =>
          names.map((axis, column) =>
            s(
              'g',
              { transform: `translate(${column * panel.width} ${row * panel.height})` },
              drawPanel(points, axis, measure),
            ),
          ),
        ),
      ],
    ),
    { space: 'svg' },
  );
}

function drawPanel(all: readonly ScalingPoint[], axis: Axis, { title, unit, of }: (typeof measures)[number]) {
  const others = (Object.keys(axes) as Axis[]).filter((other) => other !== axis);
  const points = all
    .filter((point) => others.every((other) => point[other] === middle[other]) && of(point) > 0)
    .toSorted((a, b) => a[axis] - b[axis]);
  const values = points.map(of);
  const x = scaleLog(extent(axes[axis], 1), [margin.left, panel.width - margin.right]);
  const y = scaleLog(
    extent(
      all.map(of).filter((value) => value > 0),
      1.3,
    ),
    [panel.height - margin.bottom, margin.top],
  );
  const path = (pairs: [number, number][]) => `M${pairs.map(([a, b]) => `${x(a)} ${y(b)}`).join('L')}`;
  return [
    ...grid(x, y, axes[axis]),
    s('text.title', { x: margin.left, y: margin.top - 14 }, `${title}, ${unit}`),
    s('text', { x: panel.width - margin.right, y: panel.height - 10, textAnchor: 'end' }, axis),
    ...(title === 'time' && axis === 'rows' ? guide(points, path) : []),
    ...(points.length > 1
      ? [s('path.line', { d: path(points.map((point, i) => [point[axis], values[i]])) })]
      : []),
    ...points.map((point, i) => s('circle.dot', { cx: x(point[axis]), cy: y(values[i]), r: 3.5 })),
  ];
}

/** n log n through the point of the middle number of rows. */
function guide(points: readonly ScalingPoint[], path: (pairs: [number, number][]) => string) {
  const from = points.filter(({ rows }) => rows >= middle.rows);
  if (from[0]?.rows !== middle.rows) return [];
  const [{ rows: n, seconds }] = from;
  const law = (rows: number) => (seconds * rows * Math.log(rows)) / (n * Math.log(n));
  const attributes = { x: panel.width - margin.right - 22, y: margin.top + 12, textAnchor: 'end' };
  return [
    s('path.guide', { d: path(from.map(({ rows }) => [rows, law(rows)])) }),
    s('text.law', attributes, 'n log n'),
  ];
}

/** Grid lines at the measured points of the axis, and at round values of the measure. */
function grid(x: Scale, y: Scale, measured: readonly number[]) {
  const [left, right] = [margin.left, panel.width - margin.right];
  const [top, bottom] = [margin.top, panel.height - margin.bottom];
  return [
    ...measured.flatMap((value) => [
      s('line.grid', { x1: x(value), x2: x(value), y1: top, y2: bottom }),
      s('text', { x: x(value), y: bottom + 16, textAnchor: 'middle' }, short(value)),
    ]),
    ...ticks(y).flatMap((value) => [
      s('line.grid', { x1: left, x2: right, y1: y(value), y2: y(value) }),
      s('text', { x: left - 6, y: y(value) + 4, textAnchor: 'end' }, short(value)),
    ]),
  ];
}

/** Powers of ten, or also values between them if there are none. */
function ticks(scale: Scale): number[] {
  const every = scale.ticks(5);
  const tens = every.filter((value) => Number.isInteger(Math.log10(value)));
  return tens.length > 1
    ? tens
    : every.filter((value) => [1, 2, 5].includes(Number(value.toExponential()[0])));
}

const extent = (values: readonly number[], room: number): [number, number] => [
  Math.min(...values) / room,
  Math.max(...values) * room,
];

const short = (value: number): string =>
  value.toLocaleString('en', {
    notation: value >= 1000 ? 'compact' : 'standard',
    maximumSignificantDigits: 3,
  });
