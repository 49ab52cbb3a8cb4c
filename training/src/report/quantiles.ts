import type { ValueEvaluation } from '@hearth/artifact';
import { decimal, percent } from '@hearth/artifact/card';
import type { Element } from 'hast';
import { h } from 'hastscript';
import { figure } from './figure.ts';
import { observedFigure } from './values.ts';

/** How the quantiles of a number fit its outcomes. @param levels of the outputs */
export function quantileFigures(
  evaluation: ValueEvaluation,
  levels: readonly number[],
  unit: string,
): Element[] {
  const middle = levels.length >> 1;
  const outOfFold = evaluation.outOfFold.map((row) => ({
    ...row,
    prediction: row.predictions?.[middle] ?? row.prediction,
  }));
  return [
    observedFigure({ ...evaluation, outOfFold }, ` as the quantile ${levels[middle]}${unit}`),
    sharesFigure(evaluation, levels),
  ];
}

/** In what share of the rows the outcome is at most each quantile, by the share of given columns. */
const sharesFigure = ({ quantiles = [] }: ValueEvaluation, levels: readonly number[]): Element =>
  figure(
    'Outcomes at most each quantile',
    h('div.wide', [
      h('table.scores', [
        h(
          'thead',
          h(
            'tr',
            ['columns given', 'rows', ...levels.map(String)].map((name) => h('th', { scope: 'col' }, name)),
          ),
        ),
        h(
          'tbody',
          quantiles.map(({ given, rows, below }) =>
            h('tr', [
              h('th', { scope: 'row' }, percent(given)),
              h('td.number', String(rows)),
              ...below.map((count) => h('td.number', `${decimal((100 * count) / rows, 1)} %`)),
            ]),
          ),
        ),
      ]),
    ]),
    'Out-of-fold predictions, with columns left out at random. The share in the head of each column is intended.',
  );
