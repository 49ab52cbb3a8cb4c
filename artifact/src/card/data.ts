import { type Column, isNumeric } from '../columns/columns.ts';
import { usedColumns } from '../columns/features.ts';
import { kindOf } from '../columns/kinds/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { code, link, list, pipeTable, plain, section } from './markdown.ts';
import { fromTo, percent } from './numbers.ts';

/** Where the rows come from and who they were. */
export function dataSection({ data, population, dates }: Manifest): string {
  return section(
    'Data and participants',
    '5, 6, 7, 20',
    plain(population.en),
    dates && `Dates: ${plain(dates.en)}`,
    data.sources.length > 0 &&
      `Sources:\n\n${list(data.sources.map(({ title, path }) => link(title, path)))}`,
    `The table as it was learned from: ${code(data.name)}, SHA-256 ${code(data.sha256)}.`,
  );
}

/** What is predicted. */
export function outcomeSection({ outcome, outcomeDefinition, target, interval }: Manifest): string {
  const unit = target.type === 'numeric' && target.unit ? `, in ${plain(target.unit.en)}` : '';
  return section(
    'Outcome and output',
    '8, 15',
    outcomeDefinition && plain(outcomeDefinition.en),
    target.type === 'binary'
      ? `The model answers with the chance of ${plain(outcome.en)} (${code(target.name)}), from 0 to 1; it draws no line between yes and no.`
      : `The model answers with the expected ${plain(outcome.en)} (${code(target.name)})${unit}.`,
    interval &&
      `Each answer carries a ${percent(interval.level)} interval for what this row would be answered if every column were known; it is wide when little is known. Method: ${plain(interval.method)}.`,
    'Any column may be left out unless it is marked as required; a warning is given outside the range of the training rows, and for a category that none of them has.',
  );
}

/** What it is predicted from. */
export function predictorsSection({ columns, features, data }: Manifest): string {
  const used = usedColumns(features);
  const rows = columns.map((column) => [
    `${code(column.name)}${column.required ? ' (required)' : ''}`,
    `${plain((column.term ?? column.label).en)}${used.has(column.name) ? '' : ' (not used)'}`,
    valuesOf(column),
    ...(data.missing ? [String(data.missing[column.name] ?? 0)] : []),
  ]);
  return section(
    'Predictors and missing data',
    '9, 11',
    pipeTable(['column', 'what', 'values in training', ...(data.missing ? ['missing'] : [])], rows),
    'Nothing is filled in: each tree sends a missing value where training found it fits.',
    codesOf(columns),
  );
}

/** What is missing besides empty cells. */
function codesOf(columns: readonly Column[]): string | undefined {
  const coded = columns.flatMap(({ name, missingCodes }) =>
    missingCodes ? `${code(name)}: ${missingCodes.map(code).join(', ')}` : [],
  );
  return coded.length > 0
    ? `Codes of missing values, in the table and in requests:\n\n${list(coded)}`
    : undefined;
}

function valuesOf(column: Column): string {
  if (!isNumeric(column)) {
    const seen = kindOf(column)
      .levels(column)
      ?.filter((level) => level.seen);
    return seen?.map(({ label }) => plain(label.en)).join(', ') ?? '';
  }
  const { seen, unit } = column;
  return `${fromTo(seen.minimum, seen.maximum)}${unit ? ` ${plain(unit.en)}` : ''}`;
}

export function sampleSection({ data: { rows, positives }, outcome }: Manifest): string {
  const share =
    positives === undefined ? '' : `, ${positives} (${percent(positives / rows)}) with ${plain(outcome.en)}`;
  return section(
    'Sample size',
    '10, 20',
    `${rows} rows${share}. Every row of the table was used; the size was not planned.`,
  );
}
