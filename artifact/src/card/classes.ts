import { english } from '../columns/texts.ts';
import type { ClassEvaluation } from '../manifest/evaluation.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Evaluated } from '../manifest/stated.ts';
import { code, pipeTable, plain, section } from './markdown.ts';
import { decimal, percent } from './numbers.ts';
import { reliabilityTable } from './reliability.ts';
import { metricsOf, written } from './scores.ts';

/** Rows; sums of weights with one decimal. */
export const rowsWritten = (rows: number): string =>
  Number.isInteger(rows) ? String(rows) : decimal(rows, 1);

/** A wider table cannot be read in a card; the report has it. */
const mostShown = 12;

/** The classes of a target with several, with their labels where they differ. */
export const classNames = ({ target }: Pick<Manifest, 'target'>): string[] =>
  target.type === 'classes'
    ? target.classes.map(({ value, label }) =>
        label && english(label) !== value ? `${code(value)} (${plain(english(label))})` : code(value),
      )
    : [];

/** Performance by class, and which classes are mistaken for which. */
export function classesSection({ evaluation, target }: Evaluated): string {
  if (evaluation.kind !== 'classes' || target.type !== 'classes') return '';
  return section('Classes', '23', ...classTables(target.classes, evaluation));
}

type ByClass = Pick<ClassEvaluation, 'classes' | 'confusion'>;
type Classes = readonly { value: string }[];

/** How the rows of each class are answered. */
export function classTables(classes: Classes, evaluation: ByClass): string[] {
  const names = classes.map(({ value }) => code(value));
  const tables = [
    'Each class against all others, and how its rows are answered by the most probable class:',
    pipeTable(
      ['class', 'rows', 'AUC', 'answered rightly', 'most often mistaken for'],
      evaluation.confusion.map((counts, k) => classRow(names, counts, k, evaluation)),
    ),
  ];
  if (names.length > mostShown) return tables;
  return [
    ...tables,
    'Rows by class (lines) and most probable class (columns):',
    pipeTable(
      ['', ...names],
      evaluation.confusion.map((counts, k) => [names[k], ...counts.map(rowsWritten)]),
    ),
  ];
}

function classRow(
  names: readonly string[],
  counts: readonly number[],
  k: number,
  { classes }: ByClass,
): string[] {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const others = counts.map((count, j) => (j === k ? 0 : count));
  const most = Math.max(...others);
  const auc = metricsOf({ kind: 'classes' }).find(({ id }) => id === 'roc_auc');
  return [
    names[k],
    rowsWritten(rows),
    auc ? written(auc, { auc: classes[k].auc }) : '',
    rows > 0 ? percent(counts[k] / rows) : '–',
    most === 0 ? '–' : `${names[others.indexOf(most)]} (${percent(most / rows)})`,
  ];
}

/** How often prediction sets hold the class. */
export function setsSection({ evaluation, predictionSet }: Evaluated): string {
  if (evaluation.kind !== 'classes' || !evaluation.coverage || !predictionSet) return '';
  return section(
    'Prediction sets',
    '23',
    `How often the ${percent(predictionSet.level)} prediction set held the observed class, by the share of columns that are given. Columns were left out at random; each fold is counted by the thresholds of the others. The level holds for all rows together, not for each class.`,
    pipeTable(
      ['columns given', 'rows', 'class in the set', 'classes in the set, on average'],
      evaluation.coverage.map(({ given, rows, covered, width }) => [
        percent(given),
        String(rows),
        `${decimal((100 * covered) / rows, 1)} %`,
        decimal(width, 2),
      ]),
    ),
  );
}

/** How the predicted probabilities of each class compare with what was observed. */
export function classCalibrationSection({ evaluation, target }: Evaluated): string {
  if (evaluation.kind !== 'classes' || target.type !== 'classes') return '';
  return section('Calibration', '23', ...calibrationTables(target.classes, evaluation));
}

/** Predicted probabilities and observed shares of each class; of many classes, nothing. */
export const calibrationTables = (names: Classes, { classes }: ByClass): string[] =>
  names.length > mostShown
    ? []
    : classes.map(
        ({ reliability }, k) => `Class ${code(names[k].value)}:\n\n${reliabilityTable(reliability)}`,
      );
