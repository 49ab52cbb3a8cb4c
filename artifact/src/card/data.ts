import { exposureOf, targetKind } from '../answer/targets.ts';
import { type Column, isNumeric } from '../columns/columns.ts';
import { usedColumns } from '../columns/features.ts';
import { kindOf } from '../columns/kinds/index.ts';
import { someOf } from '../columns/similar.ts';
import { english, labelOf } from '../columns/texts.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { outcomeOf } from '../manifest/stated.ts';
import { classNames } from './classes.ts';
import { code, link, list, pipeTable, plain, section } from './markdown.ts';
import { decimal, fromTo, percent } from './numbers.ts';
import { samplingSentences } from './sampling.ts';

/** Categories of a column that a table of columns lists. */
const mostCategories = 50;

export function dataSection({ data, population, dates }: Manifest): string {
  const { sources = [] } = data;
  return section(
    'Data and participants',
    '5, 6, 7, 20',
    plain(english(population)),
    dates && `Dates: ${plain(english(dates))}`,
    sources.length > 0 && `Sources:\n\n${list(sources.map(({ title, path }) => link(title, path)))}`,
    data.imported?.sha256 === data.sha256
      ? 'The training table is not known: the model was imported without it.'
      : `Training table: ${code(data.name)}, SHA-256 ${code(data.sha256)}.`,
  );
}

export function outcomeSection(manifest: Manifest): string {
  const { data, outcomeDefinition, target, interval } = manifest;
  const { meaning, minimum, maximum } = targetKind(target);
  const unit = 'unit' in target && target.unit ? `, in ${plain(english(target.unit))}` : '';
  const range = Number.isFinite(maximum)
    ? `, from ${minimum} to ${maximum}${data.decision ? '' : ', without a decision threshold'}`
    : unit;
  return section(
    'Outcome and output',
    '8, 15',
    plain(english(outcomeDefinition)),
    target.type === 'classes'
      ? `The model answers with the probability of each class of ${plain(english(outcomeOf(manifest)))} (${code(target.name)}): ${classNames(manifest).join(', ')}.`
      : `The model answers with ${meaningOf(target) ?? meaning} ${plain(english(outcomeOf(manifest)))} (${code(target.name)})${range}.`,
    exposureSentence(target),
    interval?.outcome &&
      `Each answer has a ${percent(interval.level)} interval of the outcome: it holds the observed outcome in ${percent(interval.level)} of the cases with as many known columns. Method: ${plain(interval.outcome.method)}.`,
    interval &&
      `${interval.outcome ? `Beside it, as \`mean\`, is` : 'Each answer has'} a ${percent(interval.level)} interval, which estimates the answer that this row would get if every column were known. The interval is wide if few columns are known. Method: ${plain(interval.method)}.`,
    'Columns that are not marked as required can be omitted. A value outside the range of the training rows, or a category without a training row, is answered with a warning.',
  );
}

export function predictorsSection({ columns, features, data, timeZone }: Manifest): string {
  const used = usedColumns(features);
  const missing = new Map(Object.entries(data.missing ?? {}));
  const rows = columns.map((column) => [
    `${code(column.name)}${column.required ? ' (required)' : ''}`,
    `${plain(english(column.term ?? labelOf(column)))}${used.has(column.name) ? '' : ' (not used)'}`,
    valuesOf(column),
    ...(data.missing ? [missingText(missing.get(column.name) ?? 0, data.rows)] : []),
  ]);
  return section(
    'Predictors and missing data',
    '9, 11',
    pipeTable(['column', 'label', 'values in training', ...(data.missing ? ['missing'] : [])], rows),
    'Missing values are not imputed: each split sends them to the side that was chosen in training.',
    timeZone && `Times are on the clock of the time zone ${code(timeZone)}.`,
    codesOf(columns),
  );
}

const missingText = (count: number, rows: number): string =>
  count === 0 ? '0' : `${count} (${percent(count / rows)})`;

const meaningOf = (target: Manifest['target']): string | undefined =>
  target.type === 'numeric' && target.quantiles
    ? `the quantiles ${target.quantiles.join(', ')} of`
    : undefined;

function exposureSentence(target: Manifest['target']): string | undefined {
  const exposure = exposureOf(target);
  return exposure === undefined
    ? undefined
    : `The expected number is a rate times the exposure ${code(exposure)}: the number for this exposure, and for an exposure of 1 where it is not given. The model learned the rate from the events of each row and their exposure, as Poisson regression with the offset ln(${code(exposure)}) does (McCullagh & Nelder 1989).`;
}

/** The codes of missing values. */
function codesOf(columns: readonly Column[]): string | undefined {
  const coded = columns.flatMap(({ name, missingCodes }) =>
    missingCodes ? `${code(name)}: ${missingCodes.map(code).join(', ')}` : [],
  );
  return coded.length > 0
    ? `Codes of missing values, in the table and in requests:\n\n${list(coded)}`
    : undefined;
}

function valuesOf(column: Column): string {
  if (column.type === 'date' || column.type === 'datetime')
    return `${column.seen.minimum} to ${column.seen.maximum}`;
  if (!isNumeric(column)) {
    const seen = kindOf(column)
      .levels(column)
      ?.filter((level) => level.seen);
    const isOrdered = column.type === 'category' && column.ordered;
    const labels = seen?.map(({ label }) => plain(english(label))) ?? [];
    return isOrdered ? labels.join(' < ') : someOf(labels, mostCategories);
  }
  const { seen, unit } = column;
  const what = seen.of === 'thresholds' ? 'not known; thresholds: ' : '';
  return `${what}${fromTo(seen.minimum, seen.maximum)}${unit ? ` ${plain(english(unit))}` : ''}`;
}

export function sampleSection(manifest: Manifest): string {
  const { rows, positives } = manifest.data;
  if (rows === 0) return section('Sample size', '10, 20', 'Not known.');
  const outcome = plain(english(outcomeOf(manifest)));
  const share =
    positives === undefined ? '' : `, ${positives} (${percent(positives / rows)}) with ${outcome}`;
  return section(
    'Sample size',
    '10, 20',
    `${rows} rows${share}. All rows of the table were used; the sample size was not planned.`,
    eventsPerFeature(manifest),
    rowsByClass(manifest),
    samplingSentences(manifest.data, code).join(' '),
  );
}

/** How many rows of the rarer class there are for each feature that the learner could use (Peduzzi et al. 1996; Riley et al. 2020). */
function eventsPerFeature({ data: { rows, positives, classes }, features }: Manifest): string | undefined {
  if (positives === undefined)
    return classes
      ? undefined
      : `Rows for each feature: ${decimal(rows / features.length, 1)} (${rows} / ${features.length}).`;
  const events = Math.min(positives, rows - positives);
  return `Rows of the rarer class for each feature: ${decimal(events / features.length, 1)} (${events} / ${features.length}).`;
}

function rowsByClass({ data: { rows, classes }, target }: Manifest): string | undefined {
  if (target.type !== 'classes' || !classes) return undefined;
  const counts = target.classes.map(
    ({ value }, k) => `${code(value)} ${classes[k]} (${percent(classes[k] / rows)})`,
  );
  return `Rows by class: ${counts.join(', ')}.`;
}
