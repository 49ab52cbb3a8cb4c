import type { Remark, Row } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import { type Slice, startSlice } from '../admission/slice.ts';
import { Problem } from '../server/problem.ts';
import type { Answerer, Question } from './answerer.ts';
import { assertRow, faultsOf, invalidInput, mostFaults } from './faults.ts';

/** Rows that are answered together: faster than one by one, and still well under a millisecond. Explained rows go one by one. */
export const answeredTogether = 200;
/** Rows that are checked before the clock is read again; to read it takes a tenth of the time of checking a row. */
const checkedTogether = 50;

type BatchLimits = Pick<Limits, 'batchRows' | 'answerSeconds'>;

/**
 * The answer, as JSON, to one row (without a promise) or to a list of rows.
 * @throws Problem NOT_JSON, INVALID_INPUT, TOO_MANY_ROWS, TOO_BUSY
 */
export function answerParsed(
  answerer: Answerer,
  body: unknown,
  question: Question,
  limits: BatchLimits,
): string | Promise<Buffer> {
  if (body === undefined) throw noBody();
  if (Array.isArray(body)) return answerRows(answerer, body, question, limits, sliceWithin(limits));
  assertRow(answerer.model, body);
  answerer.model.writeCells(body, answerer.cells, 0);
  return answerOne(answerer, question);
}

export const noBody = (): Problem =>
  new Problem('NOT_JSON', 'there is no body: send one JSON object or a list of objects');

/** The answer to the row in the answerer's `cells`. */
export const answerOne = ({ members, source }: Answerer, question: Question): string =>
  `{${members(question, 0)},${source}}`;

/** The answer to a list of values, each of which must be a row. */
export async function answerRows(
  answerer: Answerer,
  rows: unknown[],
  question: Question,
  { batchRows }: BatchLimits,
  slice: Slice,
): Promise<Buffer> {
  if (rows.length === 0)
    throw invalidInput([{ pointer: '', detail: 'is an empty list: send at least one row' }]);
  if (rows.length > batchRows)
    throw new Problem('TOO_MANY_ROWS', `it has ${rows.length} rows; a batch may have ${batchRows}`);
  const { model } = answerer;
  const width = model.manifest.columns.length;
  const cells = new Float64Array(rows.length * width);
  const faults: Remark[] = [];
  for (let i = 0; i < rows.length && faults.length < mostFaults; i++) {
    // most rows have no fault, and need no pointer
    if (faultsOf(model, rows[i], '').length > 0) faults.push(...faultsOf(model, rows[i], `/${i}`));
    else model.writeCells(rows[i] as Row, cells, i * width);
    if (i % checkedTogether === 0 && slice.isOver()) await slice.rest();
  }
  if (faults.length > 0) throw invalidInput(faults);
  return answerAll(answerer, cells, question, slice);
}

/** The answers, as JSON, to rows that have passed the check: [rows × columns]. */
export async function answerAll(
  { model, list, source }: Answerer,
  cells: Float64Array,
  question: Question,
  slice: Slice,
): Promise<Buffer> {
  const width = model.manifest.columns.length;
  const together = question.explain ? 1 : answeredTogether;
  // bytes, piece by piece: one long string of all pieces takes longer to put together and to encode
  const pieces = [Buffer.from('{"predictions":[')];
  for (let row = 0; row * width < cells.length; row += together) {
    const json = list(cells.subarray(row * width, (row + together) * width), row, question);
    pieces.push(Buffer.from(row > 0 ? `,${json}` : json));
    if (slice.isOver()) await slice.rest();
  }
  pieces.push(Buffer.from(`],${source}}`));
  return Buffer.concat(pieces);
}

/** A slice whose work is given up after `answerSeconds`. @throws Problem TOO_BUSY, from `rest` */
export function sliceWithin({ answerSeconds }: Pick<Limits, 'answerSeconds'>): Slice {
  const deadline = performance.now() + answerSeconds * 1000;
  const { isOver, rest } = startSlice();
  return {
    isOver,
    async rest() {
      if (performance.now() > deadline)
        throw new Problem('TOO_BUSY', `it was not answered within ${answerSeconds} seconds`);
      await rest();
    },
  };
}
