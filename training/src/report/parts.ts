import { english, links } from '@hearth/artifact';
import { decimal, type Metric, metricsOf, percent, written } from '@hearth/artifact/card';
import type { Element } from 'hast';
import { h } from 'hastscript';
import { intervalRows } from './chart/interval-rows.ts';
import { dot, plot, polyline, roomy, round } from './chart/plot.ts';
import { figure } from './figure.ts';
import { labelOf, type ReportData } from './report-data.ts';

/** The model when only some columns are given, compared with regressions on these columns alone. */
export function stagesFigure({ manifest }: ReportData): Element | undefined {
  const { stages = [] } = manifest.evaluation;
  if (stages.length === 0) return undefined;
  const [main] = metricsOf(manifest.evaluation);
  return figure(
    'Performance with few columns',
    intervalRows(
      stages.map(({ columns, model, dedicated }, i) => {
        const before = stages[i - 1]?.columns ?? [];
        const added = columns.filter((name) => !before.includes(name)).map((name) => labelOf(manifest, name));
        const [ours, theirs] = [main.of(model), main.of(dedicated)];
        return {
          label: `${i > 0 ? '+ ' : ''}${added.join(', ')}`,
          numbers: [written(main, model), written(main, dedicated)],
          marks: [
            ...(ours ? [{ ...ours, kind: 'model' as const }] : []),
            ...(theirs ? [{ ...theirs, kind: 'other' as const }] : []),
          ],
        };
      }),
      { header: ['this model', 'regression'] },
    ),
    `${main.name} when only these columns and those of the lines above are given; in grey, a regression on these columns alone.`,
  );
}

type Shown = { rows: number; positives?: number; scores: Parameters<Metric['of']>[0] };

/** The main scores by subgroup. */
export function subgroupsFigure({ manifest }: ReportData): Element | undefined {
  const { subgroups = [] } = manifest.evaluation;
  return partsFigure(
    'Subgroups',
    manifest,
    subgroups.map(({ label, ...subgroup }) => ({ name: english(label), ...subgroup })),
    'by subgroup',
    'Some groups are harder to predict for any model.',
  );
}

/** The main scores by group of rows that stays in one fold. */
export const groupsFigure = ({ manifest }: ReportData): Element | undefined =>
  partsFigure(
    'Groups',
    manifest,
    manifest.evaluation.groups ?? [],
    `of each ${manifest.data.groups} by models that were trained without it`,
    'A new one may differ as much as they do.',
  );

function partsFigure(
  title: string,
  { evaluation }: ReportData['manifest'],
  parts: readonly ({ name: string } & Shown)[],
  what: string,
  remark: string,
): Element | undefined {
  if (parts.length === 0) return undefined;
  const [main, second] = metricsOf(evaluation);
  return figure(
    title,
    intervalRows(
      parts.map(({ name, rows, positives, scores }) => {
        const score = main.of(scores);
        const share = positives === undefined ? '' : `, ${percent(positives / rows)}`;
        return {
          label: `${name} (${rows}${share})`,
          numbers: [written(main, scores), written(second, scores)],
          marks: score ? [{ ...score, kind: 'model' as const }] : [],
        };
      }),
      { header: [main.name, second.name], reference: main.of(evaluation.model)?.mean },
    ),
    `${main.name} ${what}, with 95 % intervals; in brackets the rows${parts.some(({ positives }) => positives !== undefined) ? ' and the share of them with the outcome' : ''}. The line is the score of all rows. ${remark}`,
  );
}

/** The columns with the largest contributions. */
export function importanceFigure({ manifest }: ReportData): Element | undefined {
  const { importance = [] } = manifest.evaluation;
  if (importance.length === 0) return undefined;
  const { scale } = links[manifest.answer.link];
  return figure(
    'Importance of the columns',
    bars(
      importance.map(({ column, value }) => ({
        label: labelOf(manifest, column),
        number: decimal(value, value < 10 ? 2 : 0),
        value,
      })),
    ),
    `Mean size of a column's contribution (SHAP) over the training rows, ${scale}.`,
  );
}

/** Amounts as bars from 0; the largest fills the width. */
function bars(rows: readonly { label: string; number: string; value: number }[]): Element {
  const largest = Math.max(...rows.map(({ value }) => value)) || 1;
  return h(
    'table.bars',
    h(
      'tbody',
      rows.map(({ label, number, value }) =>
        h('tr', [
          h('th', { scope: 'row' }, label),
          h('td.number', number),
          h('td.drawing', h('div', { style: `width: ${round((100 * value) / largest)}%` })),
        ]),
      ),
    ),
  );
}

/** The error as a function of the number of training rows. */
export function learningCurveFigure(curve: ReportData['learningCurve'], error: string): Element | undefined {
  if (curve.length === 0) return undefined;
  const ends = curve.flatMap(({ score, sd }) => [score - sd, score + sd]);
  return figure(
    'Learning curve',
    plot(
      {
        x: [0, Math.max(...curve.map(({ rows }) => rows)) * 1.05],
        y: roomy(ends, 0.15),
        xLabel: 'training rows',
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
    'Error on held-out rows, with one standard deviation over the folds. If it still falls at the right end, more rows would help.',
  );
}
