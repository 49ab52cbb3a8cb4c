import type { Element } from 'hast';
import { dot, plot, polyline, roomy } from './chart/plot.ts';
import { figure } from './figure.ts';
import type { ReportData } from './report-data.ts';

/** How the error falls with more rows. */
export function learningCurveFigure(curve: ReportData['learningCurve'], error: string): Element | undefined {
  if (curve.length === 0) return undefined;
  const ends = curve.flatMap(({ score, sd }) => [score - sd, score + sd]);
  return figure(
    'Would more rows help?',
    plot(
      {
        x: [0, Math.max(...curve.map(({ rows }) => rows)) * 1.05],
        y: roomy(ends, 0.15),
        xLabel: 'rows learned from',
        yLabel: error,
        description: `Learning curve: ${curve.map(({ rows, score }) => `${rows} rows ${score.toPrecision(3)}`).join(', ')}`,
      },
      (scales) => [
        polyline(
          'curve',
          scales,
          curve.map(({ rows, score }) => [rows, score] as const),
        ),
        ...curve.map(({ rows, score, sd }) => dot('model', scales, [rows, score], [score - sd, score + sd])),
      ],
    ),
    'Error on rows not learned from, with one standard deviation over the folds. Where it still falls, more rows would help.',
  );
}
