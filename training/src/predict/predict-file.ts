import { type Manifest, type Model, someOf } from '@hearth/artifact';
import { tableWriter } from '@hearth/artifact/text-table';
import type { Source } from '../sources/index.ts';
import {
  type AnsweredBatch,
  type Batch,
  batchAnswerer,
  namesOf,
  type RowError,
  type Settings,
  textOutput,
} from './batches.ts';
import type { Plan } from './plan.ts';
import { inThreads } from './threads.ts';

/** What became of the rows of a file. */
export interface Predicted {
  rows: number;
  /** How many of them have an error. */
  failed: number;
  /** In how many rows each column of the model has a value that no training row has; [columns]. */
  unseen?: number[];
  /** The first of these errors. */
  first?: RowError;
}

/** What is told while the file is written. */
export interface Watch {
  onRows(rows: number): void;
  onErrors(errors: readonly RowError[]): Promise<void> | void;
}

/**
 * Answers the rows of a file in order and in constant memory.
 * @param folder of the version
 * @param predicted counts the rows
 * @returns the content of the result, in pieces
 */
export async function* predictFile(
  source: Source,
  model: Model,
  folder: string,
  settings: Settings,
  predicted: Predicted,
  { onRows, onErrors }: Watch,
): AsyncGenerator<string | Uint8Array, void> {
  async function* batches(): AsyncGenerator<Batch, void> {
    let names = namesOf(source);
    for await (const rows of source.batches()) {
      if (source.columns.length !== names.length) names = namesOf(source);
      yield { names, rows };
    }
  }
  async function* counted() {
    const all = inThreads(batches(), batchAnswerer(model, settings), { folder, settings });
    for await (const each of all) {
      predicted.rows += each.answered.count;
      predicted.failed += each.answered.errors.length;
      predicted.first ??= each.answered.errors[0];
      predicted.unseen = each.answered.unseen.map((count, i) => count + (predicted.unseen?.[i] ?? 0));
      if (each.answered.errors.length > 0) await onErrors(each.answered.errors);
      onRows(predicted.rows);
      yield each;
    }
  }
  if (settings.format === 'parquet') {
    const { parquetOutput } = await import('./parquet-output.ts');
    yield* parquetOutput(source.path, source.columns, settings.plan, counted());
  } else yield* asText(counted(), textOutput(settings, model.version));
}

async function* asText(
  answered: AsyncIterable<{ answered: AnsweredBatch }>,
  { head, between, tail }: ReturnType<typeof textOutput>,
): AsyncGenerator<string | Uint8Array, void> {
  yield head;
  let isFirst = true;
  for await (const { answered: batch } of answered) {
    if (!isFirst && between !== '') yield between;
    isFirst = false;
    yield batch.content as Uint8Array;
  }
  if (tail !== '') yield tail;
}

/** What a person should know of the rows that were answered, a line each. */
export function notesAfter(
  { path, columns, notes }: Source,
  { copied }: Plan,
  manifest: Manifest,
  { unseen = [] }: Predicted,
): string[] {
  const late = columns.slice(copied.length).map(({ name }) => JSON.stringify(name));
  const places = manifest.columns.flatMap(({ name }, i) =>
    unseen[i] > 0 ? [`"${name}" in ${rowsOf(unseen[i])}`] : [],
  );
  return [
    ...notes,
    ...(late.length > 0 ? [`${path}: not copied, as the first rows do not have them: ${someOf(late)}.`] : []),
    ...(places.length > 0 ? [`${path}: values that no training row has: ${someOf(places)}.`] : []),
  ];
}

const rowsOf = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);

/** The file of errors: a line for each row that cannot be answered. */
export function errorLines(errors: readonly RowError[]): string {
  const { line } = tableWriter(',');
  return errors.map(({ place, error }) => line([String(place), error])).join('');
}
export const errorHeader = (unit: Source['unit']): string => tableWriter(',').header([unit, 'error']);
