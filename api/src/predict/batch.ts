import type { Remark, Row } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import { type Slice, startSlice } from '../admission/slice.ts';
import { Problem } from '../server/problem.ts';
import type { Answerer, Question } from './answerer.ts';
import { assertRow, faultsOf, invalidInput, mostFaults } from './faults.ts';

/** Rows that are answered at once: it is quicker than one at a time, and takes well under a millisecond. An explanation takes longer. */
const answeredTogether = 200;
/** Rows that are checked between two looks at the clock, which takes a tenth as long as to check one. */
const checkedTogether = 50;

type BatchLimits = Pick<Limits, 'batchRows' | 'answerSeconds'>;

/**
 * The answer, as JSON, to one row, at once, or to a list of them.
 * @throws Problem NOT_JSON, INVALID_INPUT, TOO_MANY_ROWS, TOO_BUSY
 */
export function answerParsed(
  answerer: Answerer,
  body: unknown,
  question: Question,
  limits: BatchLimits,
): string | Promise<string> {
  if (body === undefined) throw noBody();
  if (Array.isArray(body)) return answerRows(answerer, body, question, limits, sliceWithin(limits));
  assertRow(answerer.model, body);
  answerer.model.writeCells(body, answerer.cells, 0);
  return answerOne(answerer, question);
}

export const noBody = (): Problem =>
  new Problem('NOT_JSON', 'there is no body: send one JSON object, or a list of them');

/** The answer to the row whose cells stand in the answerer's room. */
export const answerOne = ({ members, source }: Answerer, question: Question): string =>
  `{${members(question)},${source}}`;

/** The answer to a list of values, all of which have to be rows. */
export async function answerRows(
  answerer: Answerer,
  rows: unknown[],
  question: Question,
  { batchRows }: BatchLimits,
  slice: Slice,
): Promise<string> {
  if (rows.length === 0)
    throw invalidInput([{ pointer: '', detail: 'is an empty list: send at least one row' }]);
  if (rows.length > batchRows)
    throw new Problem('TOO_MANY_ROWS', `it has ${rows.length} rows; a batch has at most ${batchRows}`);
  const { model } = answerer;
  const width = model.manifest.columns.length;
  const cells = new Float64Array(rows.length * width);
  const faults: Remark[] = [];
  for (let i = 0; i < rows.length && faults.length < mostFaults; i++) {
    // a pointer is written for a row that needs one: most need none
    if (faultsOf(model, rows[i], '').length > 0) faults.push(...faultsOf(model, rows[i], `/${i}`));
    else model.writeCells(rows[i] as Row, cells, i * width);
    if (i % checkedTogether === 0 && slice.isOver()) await slice.rest();
  }
  if (faults.length > 0) throw invalidInput(faults);
  return answerAll(answerer, cells, question, slice);
}

/** The answer to rows that have passed the check: [rows × columns]. */
export async function answerAll(
  { model, list, source }: Answerer,
  cells: Float64Array,
  question: Question,
  slice: Slice,
): Promise<string> {
  const width = model.manifest.columns.length;
  const together = question.explain ? 1 : answeredTogether;
  const predictions: string[] = [];
  for (let row = 0; row * width < cells.length; row += together) {
    predictions.push(list(cells.subarray(row * width, (row + together) * width), row, question));
    if (slice.isOver()) await slice.rest();
  }
  return `{"predictions":[${predictions.join(',')}],${source}}`;
}

/** A slice of work that is given up after a while. @throws Problem TOO_BUSY, from `rest` */
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
