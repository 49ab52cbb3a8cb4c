import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { Element } from 'hast';
import { h, s } from 'hastscript';
import { roomy, round } from './plot.ts';

/** A value with its interval. */
export interface Mark {
  mean: number;
  low?: number;
  high?: number;
  /** `model`: the trained model; `other`: a model it is compared with. */
  kind: 'model' | 'other';
}

/** One line of a forest plot: a label, numbers as text, and marks on the common scale. */
export interface IntervalRow {
  label: string;
  numbers: string[];
  marks: Mark[];
}

export interface IntervalRowsOptions {
  /** Headers of the columns of numbers. */
  header: string[];
  /** Value of a line through all rows. */
  reference?: number;
}

/** A forest plot as a table, so that screen readers can read it and it fits on phones. */
export function intervalRows(
  rows: readonly IntervalRow[],
  { header, reference }: IntervalRowsOptions,
): Element {
  const values = rows.flatMap(({ marks }) =>
    marks.flatMap(({ mean, low = mean, high = mean }) => [low, mean, high]),
  );
  const scale = scaleLinear()
    .domain(roomy(reference === undefined ? values : [...values, reference]))
    .range([0, 100]);
  return h('table.intervals', [
    h(
      'thead',
      h('tr', [
        h('th', { scope: 'col' }, h('span.unseen', 'what')),
        ...header.map((name) => h('th', { scope: 'col' }, name)),
        h('td.drawing'),
      ]),
    ),
    h(
      'tbody',
      rows.map(({ label, numbers, marks }) =>
        h('tr', [
          h('th', { scope: 'row' }, label),
          ...numbers.map((number) => h('td.number', number)),
          h('td.drawing', drawing(scale, marks, reference)),
        ]),
      ),
    ),
    h('tfoot', h('tr', [h('td', { colSpan: header.length + 1 }), h('td.drawing', axis(scale))])),
  ]);
}

const at = (scale: ScaleLinear<number, number>, value: number): string => `${round(scale(value))}%`;

/** Coordinates are in percent of the cell, so that it can have any width. */
function drawing(scale: ScaleLinear<number, number>, marks: readonly Mark[], reference?: number): Element {
  const height = marks.length > 1 ? ['35%', '65%'] : ['50%'];
  return s('svg', { ariaHidden: 'true' }, [
    ...scale
      .ticks(4)
      .map((tick) => s('line.grid', { x1: at(scale, tick), x2: at(scale, tick), y1: '0', y2: '100%' })),
    ...(reference === undefined
      ? []
      : [s('line.reference', { x1: at(scale, reference), x2: at(scale, reference), y1: '0', y2: '100%' })]),
    ...marks.map(({ mean, low = mean, high = mean, kind }, i) =>
      s('g', { className: kind }, [
        s('line', { x1: at(scale, low), x2: at(scale, high), y1: height[i], y2: height[i] }),
        s('circle', { cx: at(scale, mean), cy: height[i], r: 4 }),
      ]),
    ),
  ]);
}

const axis = (scale: ScaleLinear<number, number>): Element =>
  s(
    'svg',
    { ariaHidden: 'true' },
    scale
      .ticks(4)
      .map((tick) => s('text.middle', { x: at(scale, tick), y: '14' }, scale.tickFormat(4)(tick))),
  );
