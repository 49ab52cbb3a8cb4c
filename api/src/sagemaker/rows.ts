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
 * @throws Problem INVALID_INPUT
 */
export async function soundRows(read: Iterable<ReadRow>): Promise<Row[]> {
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

/** Whether a line has more bytes than a line of a stream may have. */
export const isTooLong = (line: string, { lineBytes }: Pick<Limits, 'lineBytes'>): boolean =>
  line.length * 3 > lineBytes && Buffer.byteLength(line) > lineBytes;

export const tooLong = (pointer: string, { lineBytes }: Pick<Limits, 'lineBytes'>): ReadRow => ({
  row: undefined,
  faults: [{ pointer, detail: `has more than ${lineBytes} bytes` }],
});

/** Reads lines of JSON, one row each. */
export function* readJsonLines(lines: readonly string[], model: Model, limits: Limits): Generator<ReadRow> {
  for (const [i, line] of lines.entries()) {
    const pointer = `/${i}`;
    if (isTooLong(line, limits)) {
      yield tooLong(pointer, limits);
      continue;
    }
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

/** Characters of answers that are collected before they are encoded: all of them may be more than a string can hold. */
const pieceSize = 64 * 1024;

/** Writes the answers, one line for each row, after `head`. Other requests are answered in between. */
export async function writeRows(
  rows: readonly Row[],
  { answer }: Pick<AnswerWriter, 'answer'>,
  head = '',
): Promise<Buffer> {
  const slice = startSlice();
  const pieces: Buffer[] = [];
  let piece = head;
  for (const row of rows) {
    piece += answer(row);
    if (piece.length >= pieceSize) {
      pieces.push(Buffer.from(piece));
      piece = '';
    }
    if (slice.isOver()) await slice.rest();
  }
  return Buffer.concat([...pieces, Buffer.from(piece)]);
}
