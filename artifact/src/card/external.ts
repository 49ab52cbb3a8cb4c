import type { Score } from '../manifest/evaluation.ts';
import type { ExternalEvaluation, ExternalFigures } from '../manifest/external.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { calibrationTables, classTables } from './classes.ts';
import { decisionTable } from './decision.ts';
import { code, list, pipeTable, plain, section } from './markdown.ts';
import { decimal, digitsOf, percent } from './numbers.ts';
import { type Metric, metricsOf, written } from './scores.ts';

/** The figures of an evaluation at another place, by name, with their 95 % intervals. */
export function externalFigures(figures: ExternalFigures): [name: string, text: string][] {
  const { kind, scores: model } = figures;
  const scores = metricsOf({ kind, model }).map((metric): [string, string] => [
    metric.name,
    written(metric, figures.scores),
  ]);
  if (figures.kind === 'chance')
    return [['With the outcome', percent(figures.positives / figures.rows)], ...scores];
  if (figures.kind === 'classes') return scores;
  const calibration = Object.entries(figures.calibration ?? {}).map(([name, score]): [string, string] => [
    `Calibration ${name}`,
    written(metricOf(name, score), {}),
  ]);
  return [...scores, ...calibration];
}

const metricOf = (name: string, score: Score): Metric => ({
  name,
  of: () => score,
  ...(name === 'slope' && { digits: 2 }),
});

/** How the version did at other places and times, apart from the cross-validation. */
export function externalSection(manifest: Manifest, evaluations: readonly ExternalEvaluation[]): string {
  return section(
    'Evaluated at other places',
    '12, 23',
    ...evaluations.flatMap((each) => onePlace(each, manifest)),
  );
}

function onePlace(evaluation: ExternalEvaluation, manifest: Manifest): string[] {
  const { name, date, table } = evaluation;
  return [
    `### ${plain(name)}`,
    `Evaluated ${date} on a table with the SHA-256 ${code(table.sha256)}.`,
    list(rowsOf(evaluation)),
    pipeTable(['', 'with 95 % interval'], externalFigures(evaluation)),
    ...details(evaluation, manifest),
  ];
}

/** Calibration, and what thresholds do, or which classes are confused. */
function details(evaluation: ExternalEvaluation, { data, target }: Manifest): string[] {
  if (evaluation.kind === 'classes') {
    const classes = target.type === 'classes' ? target.classes : [];
    if (classes.length !== evaluation.classes.length) return [];
    return [...classTables(classes, evaluation), ...calibrationTables(classes, evaluation)];
  }
  const { kind, reliability } = evaluation;
  const digits = kind === 'chance' ? 2 : digitsOf(...reliability.map(({ predicted }) => predicted));
  const range = (from: number, to: number) =>
    kind === 'chance'
      ? `${percent(from)} to ${percent(to)}`
      : `${decimal(from, digits)} to ${decimal(to, digits)}`;
  return [
    pipeTable(
      ['prediction', 'rows', 'mean prediction', kind === 'chance' ? 'observed share' : 'observed mean'],
      reliability.map(({ low, high, rows, predicted, observed }) => [
        range(low, high),
        String(rows),
        decimal(predicted, digits),
        decimal(observed, digits),
      ]),
    ),
    ...(evaluation.kind === 'chance' && evaluation.thresholds
      ? [decisionTable(evaluation.thresholds, data.decision?.threshold)]
      : []),
  ];
}

/** How many rows, and which are not among them, a line each. */
function rowsOf({ rows, table, leftOut, absent, inTraining }: ExternalFigures): string[] {
  return [
    `${rows} of ${table.rows} rows were evaluated.`,
    ...(leftOut.withoutTarget > 0 ? [`${leftOut.withoutTarget} rows have no target.`] : []),
    ...(leftOut.notAllowed > 0
      ? [`${leftOut.notAllowed} rows have a value that the model does not allow.`]
      : []),
    ...(absent.length > 0
      ? [`The table does not have ${absent.map(code).join(', ')}: answered as missing.`]
      : []),
    ...(inTraining > 0
      ? [
          `${inTraining} of the evaluated rows are training rows of this version too: the scores are too good by that.`,
        ]
      : []),
  ];
}
