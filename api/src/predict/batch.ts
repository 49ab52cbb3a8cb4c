import type { Remark, Row } from '@hearth/artifact';
import type { Limits } from '../limits/index.ts';
import { Problem } from '../problem.ts';
import type { Answerer } from './answerer.ts';
import { faultsOf, invalidInput, mostFaults } from './faults.ts';
import { startSlice } from './slice.ts';

/** Rows that are answered at once: it is quicker than one at a time, and takes well under a millisecond. An explanation takes longer. */
const answeredTogether = 200;
/** Rows that are checked between two looks at the clock, which takes a tenth as long as to check one. */
const checkedTogether = 50;

type BatchLimits = Pick<Limits, 'batchRows' | 'answerSeconds'>;

/** The answer to one row, at once, or to a list of them, as JSON. @throws Problem NOT_JSON, INVALID_INPUT, TOO_MANY_ROWS, TOO_BUSY */
export function answerJson(
  answerer: Answerer,
  body: unknown,
  explain: boolean,
  limits: BatchLimits,
): string | Promise<string> {
  if (body === undefined) throw new Problem('NOT_JSON', 'there is no body: send one JSON object, or a list');
  if (Array.isArray(body)) return answerBatch(answerer, body, explain, limits);
  const faults = faultsOf(answerer.model, body, '');
  if (faults.length > 0) throw invalidInput(faults);
  return `{${answerer.members(body as Row, '', explain)},${answerer.source}}`;
}

async function answerBatch(
  answerer: Answerer,
  rows: unknown[],
  explain: boolean,
  { batchRows, answerSeconds }: BatchLimits,
): Promise<string> {
  if (rows.length === 0)
    throw invalidInput([{ pointer: '', detail: 'is an empty list: send at least one row' }]);
  if (rows.length > batchRows)
    throw new Problem('TOO_MANY_ROWS', `it has ${rows.length} rows; a batch has at most ${batchRows}`);
  const deadline = performance.now() + answerSeconds * 1000;
  const slice = startSlice();
  async function rest(): Promise<void> {
    if (performance.now() > deadline)
      throw new Problem('TOO_BUSY', `it was not answered within ${answerSeconds} seconds`);
    await slice.rest();
  }

  const faults: Remark[] = [];
  for (let i = 0; i < rows.length && faults.length < mostFaults; i++) {
    // a pointer is written for a row that needs one: most need none
    if (faultsOf(answerer.model, rows[i], '').length > 0)
      faults.push(...faultsOf(answerer.model, rows[i], `/${i}`));
    if (i % checkedTogether === 0 && slice.isOver()) await rest();
  }
  if (faults.length > 0) throw invalidInput(faults);
  const predictions: string[] = [];
  const together = explain ? 1 : answeredTogether;
  for (let i = 0; i < rows.length; i += together) {
    predictions.push(answerer.list(rows.slice(i, i + together) as Row[], i, explain));
    if (slice.isOver()) await rest();
  }
  return `{"predictions":[${predictions.join(',')}],${answerer.source}}`;
}
