import type { Intervals } from './intervals-methods.ts';

/** How often intervals contain the true probability. */
export interface Coverage {
  /** Share of the rows. */
  whole: number;
  /** Share of the rows in each tenth of the true probability, the lowest first; [10]. */
  tenths: number[];
  medianWidth: number;
}

/** Coverage over several tables of equal size. */
export function coverage(tables: readonly { intervals: Intervals; truth: Float64Array }[]): Coverage {
  const perTable = tables.map(({ intervals, truth }) => {
    const order = Array.from(truth.keys()).sort((a, b) => truth[a] - truth[b]);
    const held = order.map((i) => Number(truth[i] >= intervals.low[i] && truth[i] <= intervals.high[i]));
    const size = truth.length / 10;
    return Array.from({ length: 10 }, (_, tenth) => mean(held.slice(tenth * size, (tenth + 1) * size)));
  });
  const widths = tables.flatMap(({ intervals: { low, high } }) => Array.from(low, (l, i) => high[i] - l));
  const tenths = perTable[0].map((_, tenth) => mean(perTable.map((table) => table[tenth])));
  return { whole: mean(tenths), tenths, medianWidth: widths.sort((a, b) => a - b)[widths.length >> 1] };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
