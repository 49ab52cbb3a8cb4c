import type { ChanceEvaluation } from '@hearth/artifact';
import { intervalOf, meanOf, metricsOf } from '@hearth/artifact/card';
import type { Element } from 'hast';
import { plot, polyline } from './chart/plot.ts';
import { figure } from './figure.ts';

type Predicted = ChanceEvaluation['outOfFold'];

/** Points of the ROC curve: false-positive and true-positive share at every threshold; rows of one prediction go together. */
export function rocPoints(rows: Predicted): [number, number][] {
  const sorted = rows.toSorted((a, b) => b.prediction - a.prediction);
  const positives = rows.filter(({ target }) => target === 1).length;
  const points: [number, number][] = [[0, 0]];
  let found = 0;
  for (const [i, { target, prediction }] of sorted.entries()) {
    found += target;
    if (sorted[i + 1]?.prediction === prediction) continue;
    points.push([(i + 1 - found) / (rows.length - positives), found / positives]);
  }
  return points;
}

export function rocFigure(evaluation: ChanceEvaluation): Element {
  const auc = metricsOf(evaluation).find(({ id }) => id === 'roc_auc');
  if (!auc) throw new TypeError('chances are scored by AUC');
  const interval = intervalOf(auc, evaluation.model);
  const area = `${meanOf(auc, evaluation.model)}${interval ? `, 95 % interval ${interval}` : ''}`;
  return figure(
    'Telling one from the other',
    plot(
      {
        x: [0, 1],
        y: [0, 1],
        xLabel: 'false alarms',
        yLabel: 'found',
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
    `ROC curve of the out-of-fold predictions, first repeat. Area under it (AUC): ${area}.`,
  );
}
