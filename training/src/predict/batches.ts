import { extname } from 'node:path';
import { answerCells, type Model } from '@hearth/artifact';
import type { DecimalSign } from '@hearth/artifact/text-table';
import type { Source, SourceCell, SourceRow } from '../sources/index.ts';
import { rowAnswerer } from './answer-rows.ts';
import type { Plan } from './plan.ts';
import { csvOutput, jsonLinesOutput, jsonOutput, type TextOutput } from './text-outputs.ts';

export type OutputFormat = 'csv' | 'jsonl' | 'json' | 'parquet';

const endings: Readonly<Record<string, OutputFormat>> = {
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.json': 'json',
  '.parquet': 'parquet',
};

/** The format of a result by the name of its file. */
export const outputFormatOf = (path = ''): OutputFormat => endings[extname(path).toLowerCase()] ?? 'csv';

/** What is the same for all batches; it can be sent to a thread. */
export interface Settings {
  plan: Plan;
  decimal: DecimalSign;
  delimiter: string | undefined;
  format: OutputFormat;
}

/** Some rows of a file. */
export interface Batch {
  /** The columns of the file, as far as they are known when the rows are read. */
  names: readonly string[];
  rows: readonly SourceRow[];
}

/** A row that cannot be answered. */
export interface RowError {
  place: number;
  error: string;
}

export interface AnsweredBatch {
  count: number;
  errors: RowError[];
  /** As `RowAnswers.unseen`. */
  unseen: number[];
  /** As text in UTF-8, or for Parquet the columns that are added, null where a row has an error; [columns][rows]. */
  content: Uint8Array | SourceCell[][];
}

/** The text output of a format. */
export const textOutput = ({ format, plan, delimiter }: Settings, version: string): TextOutput => {
  if (format === 'json') return jsonOutput(plan, version);
  return format === 'jsonl' ? jsonLinesOutput(plan) : csvOutput(plan, delimiter);
};

/** Its bytes have memory of their own, which a thread can hand over; a short `Buffer` shares it with others. */
const encoder = new TextEncoder();

/** Makes the function that answers batches and writes them in the format of the result. */
export function batchAnswerer(model: Model, settings: Settings): (batch: Batch) => AnsweredBatch {
  const { plan, format, decimal } = settings;
  const toCells = answerCells(model.manifest);
  const answers = plan.added.length - (plan.hasErrors ? 1 : 0);
  const none: null[] = new Array(answers).fill(null);
  const output = textOutput(settings, model.version);
  let names: readonly string[] = [];
  let answer = rowAnswerer(model, names, decimal);

  return (batch) => {
    if (batch.names.length !== names.length) {
      names = batch.names;
      answer = rowAnswerer(model, names, decimal);
    }
    const { rows } = batch;
    const { readings, errors, unseen } = answer(rows);
    const added = (i: number): SourceCell[] => {
      const error = errors[i] ?? null;
      const cells: SourceCell[] = error === null ? toCells(readings, i) : none;
      return plan.hasErrors ? [...cells, error] : cells;
    };
    const failed = rows.flatMap(({ place }, i) =>
      errors[i] === undefined ? [] : [{ place, error: errors[i] }],
    );
    const content =
      format === 'parquet'
        ? transposed(
            rows.map((_, i) => added(i)),
            plan.added.length,
          )
        : encoder.encode(
            rows
              .map(({ cells }, i) => output.row([...copied(plan, cells), ...added(i)]))
              .join(output.between),
          );
    return { count: rows.length, errors: failed, unseen, content };
  };
}

/** The cells of the columns that are copied: a row of JSON may have fewer or more. */
export function copied({ copied: { length } }: Plan, cells: readonly SourceCell[]): readonly SourceCell[] {
  if (cells.length === length) return cells;
  return Array.from({ length }, (_, i) => cells[i] ?? null);
}

const transposed = (rows: readonly SourceCell[][], width: number): SourceCell[][] =>
  Array.from({ length: width }, (_, j) => rows.map((row) => row[j]));

/** The names of a source's columns now. */
export const namesOf = ({ columns }: Pick<Source, 'columns'>): string[] => columns.map(({ name }) => name);
