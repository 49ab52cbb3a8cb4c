import type { ValueEvaluation } from '@hearth/artifact';
import { digitsOf } from '@hearth/artifact/card';
import { scaleLinear } from 'd3-scale';
import type { Element } from 'hast';
import { s } from 'hastscript';
import { plot, polyline, roomy, round } from './chart/plot.ts';
import { coverageTable } from './coverage.ts';
import { figure } from './figure.ts';

/** Predicted and observed value of every row. */
export function observedFigure({ outOfFold }: ValueEvaluation, unit: string): Element {
  const extent = roomy(outOfFold.flatMap(({ target, prediction }) => [target, prediction]));
  return figure(
    'Predicted and observed',
    plot(
      {
        x: extent,
        y: extent,
        xLabel: `predicted${unit}`,
        yLabel: 'observed',
        description: `Observed against predicted values of ${outOfFold.length} rows`,
      },
      (scales) => [
        polyline('diagonal', scales, [
          [extent[0], extent[0]],
          [extent[1], extent[1]],
        ]),
        s(
          'g.row',
          outOfFold.map(({ target, prediction }) =>
            s('circle', { cx: round(scales.x(prediction)), cy: round(scales.y(target)), r: 2.5 }),
          ),
        ),
      ],
    ),
    'Out-of-fold predictions, first repeat. On the diagonal, a prediction is exact.',
  );
}

/** How often intervals of the outcome contain it, by the share of given columns. */
export function coverageFigure({ coverage = [] }: ValueEvaluation, unit: string): Element | undefined {
  if (coverage.length === 0) return undefined;
  const widths = coverage.map(({ width }) => width);
  const header = ['columns given', 'rows', 'outcome within the interval', `median width${unit}`];
  return figure(
    'Intervals of the outcome',
    coverageTable(coverage, header, digitsOf(...widths)),
    'Out-of-fold predictions, with columns left out at random. 90 % is intended; each fold is counted by the quantiles of the others.',
  );
}

/** Histogram of the errors. */
export function residualFigure({ outOfFold }: ValueEvaluation, unit: string): Element {
  const residuals = outOfFold.map(({ target, prediction }) => target - prediction);
  const bins = histogram(residuals);
  const most = Math.max(...bins.map(({ rows }) => rows));
  return figure(
    'Errors',
    plot(
      {
        x: [bins[0].low, bins[bins.length - 1].high],
        y: [0, most * 1.12],
        xLabel: `observed minus predicted${unit}`,
        yLabel: 'rows',
        description: `Histogram of the errors of ${residuals.length} rows`,
      },
      (scales) => [
        ...bins.map(({ low, high, rows }) =>
          s('rect.model', {
            x: round(scales.x(low) + 0.5),
            y: round(scales.y(rows)),
            width: round(scales.x(high) - scales.x(low) - 1),
            height: round(scales.y(0) - scales.y(rows)),
          }),
        ),
        polyline('reference', scales, [
          [0, 0],
          [0, most * 1.12],
        ]),
      ],
    ),
    'Out-of-fold predictions, first repeat. To the right of the line, predictions are too low.',
  );
}

/** Counts in about twenty bins with round bounds. */
export function histogram(values: readonly number[]): { low: number; high: number; rows: number }[] {
  const scale = scaleLinear()
    .domain([Math.min(...values), Math.max(...values)])
    .nice(20);
  const ticks = scale.ticks(20);
  const bounds = ticks.length > 1 ? ticks : [ticks[0] - 0.5, ticks[0] + 0.5];
  return bounds.slice(1).map((high, i) => {
    const last = i === bounds.length - 2;
    const inside = values.filter((value) => value >= bounds[i] && (last ? value <= high : value < high));
    return { low: bounds[i], high, rows: inside.length };
  });
}
