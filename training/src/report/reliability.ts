import type { ChanceEvaluation } from '@hearth/artifact';
import { intervalOf, meanOf, metricsOf } from '@hearth/artifact/card';
import type { Element } from 'hast';
import { s } from 'hastscript';
import { dot, plot, polyline, round } from './chart/plot.ts';
import { figure } from './figure.ts';

const z = 1.959963984540054;
/** The bars of the counts stand below the diagram: where they begin, and how high the highest is, in its unit. */
const bars = { from: -0.24, height: 0.15 };

/** 95 % interval of a share (Wilson 1927). */
export function wilson(share: number, rows: number): [number, number] {
  const centre = share + z ** 2 / (2 * rows);
  const half = z * Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2));
  const scale = 1 + z ** 2 / rows;
  return [(centre - half) / scale, (centre + half) / scale];
}

/** Predicted chance against observed share, with how many rows stand behind each point. */
export function reliabilityFigure(evaluation: ChanceEvaluation): Element {
  const bins = evaluation.reliability.filter(({ rows }) => rows > 0);
  const most = Math.max(...bins.map(({ rows }) => rows));
  const slope = metricsOf(evaluation).find(({ name }) => name === 'Calibration slope');
  const interval = slope && intervalOf(slope, evaluation.model);
  const fit = slope
    ? ` Calibration slope ${meanOf(slope, evaluation.model)}${interval ? ` (${interval})` : ''}; 1 is perfect.`
    : '';
  return figure(
    'Does 30 % mean 30 in 100?',
    plot(
      {
        x: [0, 1],
        y: [bars.from, 1],
        xLabel: 'predicted chance',
        yLabel: 'observed',
        shares: true,
        description: `Reliability diagram of ${bins.length} bins.${fit}`,
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
        ...bins.map(({ predicted, observed, rows }) =>
          dot('model', scales, [predicted, observed], wilson(observed, rows)),
        ),
      ],
    ),
    `Out-of-fold predictions in bins, with 95 % intervals; the bars below count the rows of each bin.${fit}`,
  );
}
