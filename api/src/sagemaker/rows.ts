import type { Model, Remark, Row } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import { startSlice } from '../admission/slice.ts';
import type { AnswerWriter } from '../formats/line-answers.ts';
import { parseJson } from '../formats/parse-json.ts';
import { faultsOf, invalidInput, mostFaults } from '../predict/faults.ts';
import { Problem } from '../server/problem.ts';

/** A row as sent, and its faults. */
export interface ReadRow {
  row: unknown;
  faults: Remark[];
}

/**
 * Reads the rows of a batch, which fails as a whole if one has a fault. Other requests are answered in between.
 * @throws Problem INVALID_INPUT, TOO_MANY_ROWS
 */
export async function soundRows(
  count: number,
  read: Iterable<ReadRow>,
  { batchRows }: Pick<Limits, 'batchRows'>,
): Promise<Row[]> {
  if (count === 0) throw invalidInput([{ pointer: '', detail: 'has no rows: send at least one' }]);
  if (count > batchRows)
    throw new Problem('TOO_MANY_ROWS', `it has ${count} rows; a batch has at most ${batchRows}`);
  const slice = startSlice();
  const rows: Row[] = [];
  const found: Remark[] = [];
  for (const { row, faults } of read) {
    rows.push(row as Row);
    found.push(...faults);
    if (found.length >= mostFaults) break;
    if (slice.isOver()) await slice.rest();
  }
  if (found.length > 0) throw invalidInput(found);
  return rows;
}

/** Checks values parsed from JSON. */
export function* checkRows(values: readonly unknown[], model: Model): Generator<ReadRow> {
  for (const [i, row] of values.entries()) yield { row, faults: faultsOf(model, row, `/${i}`) };
}

/** Reads lines of JSON, one row each. */
export function* readJsonLines(lines: readonly string[], model: Model, limits: Limits): Generator<ReadRow> {
  for (const [i, line] of lines.entries()) {
    const pointer = `/${i}`;
    try {
      const row = parseJson(line, limits);
      yield { row, faults: faultsOf(model, row, pointer) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { errors = [{ pointer: '', detail: error.details.detail }] } = error.details;
      yield {
        row: undefined,
        faults: errors.map((fault) => ({ ...fault, pointer: pointer + fault.pointer })),
      };
    }
  }
}

/** Writes the answers, one line for each row. Other requests are answered in between. */
export async function writeRows(rows: readonly Row[], writer: Pick<AnswerWriter, 'answer'>): Promise<string> {
  const slice = startSlice();
  let text = '';
  for (const row of rows) {
    text += writer.answer(row);
    if (slice.isOver()) await slice.rest();
  }
  return text;
}
