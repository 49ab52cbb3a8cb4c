import { type Difference, type Evaluation, english } from '@hearth/artifact';
import {
  errorOf,
  intervalOf,
  meanOf,
  metricsOf,
  verdictInWords,
  verdictOf,
  written,
  writtenDifference,
} from '@hearth/artifact/card';
import type { Element } from 'hast';
import { h } from 'hastscript';
import { intervalRows, type Mark } from './chart/interval-rows.ts';
import { figure } from './figure.ts';
import type { ReportData } from './report-data.ts';

type Compared = { name: string; label: string; difference: Difference };

/** Left out of the figure: their differences are so large that the others could not be seen beside them. */
const constantAnswers = ['base-rate', 'mean'];

/** A sentence for each reference: which model is better, by how much, and whether the difference is significant. */
export function verdicts({ manifest }: ReportData): Element[] {
  const { evaluation, data } = manifest;
  const sentence = { better: 'Better than', worse: 'Worse than', undecided: 'No difference from' };
  return differences(evaluation).map(({ label, difference }) => {
    const verdict = verdictOf(difference);
    const shown = verdict === 'undecided' ? ` that ${data.rows} rows can show` : '';
    return h('li', [
      h('strong', `${sentence[verdict]} ${inSentence(label)}${shown}`),
      `: ${errorOf(evaluation)} differs by ${writtenDifference(evaluation, difference)}.`,
    ]);
  });
}

export function differencesFigure({ manifest: { evaluation, data } }: ReportData): Element | undefined {
  const compared = differences(evaluation).filter(({ name }) => !constantAnswers.includes(name));
  if (compared.length === 0) return undefined;
  return figure(
    `Paired difference in ${errorOf(evaluation)}`,
    intervalRows(
      compared.map(({ label, difference }) => ({
        label,
        numbers: [writtenDifference(evaluation, difference), verdictInWords(difference, data.rows)],
        marks: [{ ...difference, kind: 'model' as const }],
      })),
      { header: ['difference', 'verdict'], reference: 0 },
    ),
    'This model minus the other, in the same folds, with 95 % intervals. Left of the line this model is better.',
  );
}

export function scoresFigure({ manifest: { evaluation } }: ReportData): Element {
  const [main] = metricsOf(evaluation);
  const rows = [
    { label: 'This model', scores: evaluation.model, kind: 'model' as Mark['kind'] },
    ...evaluation.references.map(({ label, scores }) => ({
      label: english(label),
      scores,
      kind: 'other' as Mark['kind'],
    })),
  ];
  return figure(
    `${main.name} by model`,
    intervalRows(
      rows.map(({ label, scores, kind }) => {
        const score = main.of(scores);
        return { label, numbers: [written(main, scores)], marks: score ? [{ ...score, kind }] : [] };
      }),
      { header: [main.name] },
    ),
    'Smaller is better. 95 % intervals over the sampling of the rows. To compare two models, use the difference below, not the overlap of intervals.',
  );
}

/** All metrics of all models. */
export function scoresTable({ manifest: { evaluation } }: ReportData): Element {
  const metrics = metricsOf(evaluation);
  const rows = [
    { label: 'This model', scores: evaluation.model },
    ...evaluation.references.map(({ label, scores }) => ({ label: english(label), scores })),
  ];
  return figure(
    'All scores',
    h(
      'div.wide',
      h('table.scores', [
        h('thead', h('tr', [h('td'), ...metrics.map(({ name }) => h('th', { scope: 'col' }, name))])),
        h(
          'tbody',
          rows.map(({ label, scores }) =>
            h('tr', [
              h('th', { scope: 'row' }, label),
              ...metrics.map((metric) =>
                h('td.number', [meanOf(metric, scores), ...below(intervalOf(metric, scores))]),
              ),
            ]),
          ),
        ),
      ]),
    ),
  );
}

const differences = ({ references }: Evaluation): Compared[] =>
  references.flatMap(({ name, label, difference }) =>
    difference ? [{ name, label: english(label), difference }] : [],
  );

const below = (interval: string | undefined): Element[] => (interval ? [h('div.soft', interval)] : []);

/** A label within a sentence. */
const inSentence = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);
