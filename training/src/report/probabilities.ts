import type { ChanceEvaluation } from '@hearth/artifact';
import { metricsOf, written } from '@hearth/artifact/card';
import { wilson } from '@hearth/artifact/decision';
import type { Element } from 'hast';
import { s } from 'hastscript';
import { dot, plot, polyline, round } from './chart/plot.ts';
import { figure } from './figure.ts';

/** The bars of the counts are below the diagram: position of their base, and height of the largest, in the unit of the y axis. */
const bars = { from: -0.24, height: 0.15 };

/** Reliability diagram: predicted probability and observed share, with the number of rows in each bin. */
export function reliabilityFigure(evaluation: ChanceEvaluation): Element {
  const bins = evaluation.reliability.filter(({ rows }) => rows > 0);
  const slope = metricsOf(evaluation).find(({ name }) => name === 'Calibration slope');
  const fit = slope ? ` Calibration slope ${written(slope, evaluation.model)}; 1 is perfect.` : '';
  return figure(
    'Reliability diagram',
    reliabilityPlot(bins, `Reliability diagram of ${bins.length} bins.${fit}`),
    `Out-of-fold predictions in bins, with 95 % intervals; on the diagonal, probabilities are calibrated. The bars below count the rows of each bin.${fit}`,
  );
}

const ends = ({ low, high }: { low: number; high: number }) => [low, high] as const;

/** @param bins with rows */
export function reliabilityPlot(bins: ChanceEvaluation['reliability'], description: string): Element {
  const most = Math.max(...bins.map(({ rows }) => rows));
  return plot(
    {
      x: [0, 1],
      y: [bars.from, 1],
      xLabel: 'predicted probability',
      yLabel: 'observed',
      shares: true,
      description,
    },
    (scales) => [
      ...bins.map(({ low, high, rows }) => {
        const top = scales.y(bars.from + (bars.height * rows) / most);
        const [left, right] = [scales.x(low) + 1, scales.x(high) - 1];
        return s('g.count', [
          s('rect', {
            x: round(left),
            y: round(top),
            width: round(right - left),
            height: round(scales.y(bars.from) - top),
          }),
          s('text.middle', { x: round((left + right) / 2), y: round(top - 4) }, String(rows)),
        ]);
      }),
      polyline('diagonal', scales, [
        [0, 0],
        [1, 1],
      ]),
      ...bins.map(({ predicted, observed, rows, effective }) =>
        dot('model', scales, [predicted, observed], ends(wilson(observed, effective ?? rows))),
      ),
    ],
  );
}

/** Points of the ROC curve: false-positive and true-positive rate at every threshold. Rows with equal predictions share a point. */
export function rocPoints(rows: ChanceEvaluation['outOfFold']): [number, number][] {
  const sorted = rows.toSorted((a, b) => b.prediction - a.prediction);
  const total = { 0: 0, 1: 0 };
  for (const { target, weight = 1 } of rows) total[target === 1 ? 1 : 0] += weight;
  const points: [number, number][] = [[0, 0]];
  const found = { 0: 0, 1: 0 };
  for (const [i, { target, prediction, weight = 1 }] of sorted.entries()) {
    found[target === 1 ? 1 : 0] += weight;
    if (sorted[i + 1]?.prediction === prediction) continue;
    points.push([found[0] / total[0], found[1] / total[1]]);
  }
  return points;
}

export function rocFigure(evaluation: ChanceEvaluation): Element {
  const auc = metricsOf(evaluation).find(({ id }) => id === 'roc_auc');
  if (!auc) throw new TypeError('probabilities are scored by AUC');
  const area = written(auc, evaluation.model);
  return figure(
    'ROC curve',
    plot(
      {
        x: [0, 1],
        y: [0, 1],
        xLabel: 'false positive rate',
        yLabel: 'true positive rate',
        shares: true,
        description: `ROC curve; the area under it is ${area}`,
      },
      (scales) => [
        polyline('diagonal', scales, [
          [0, 0],
          [1, 1],
        ]),
        polyline('curve', scales, rocPoints(evaluation.outOfFold)),
      ],
    ),
    `Out-of-fold predictions, first repeat. Area under the curve (AUC): ${area}.`,
  );
}
