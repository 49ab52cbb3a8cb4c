import type { Limits } from '../../admission/index.ts';
import type { Answerer, Question } from '../../predict/answerer.ts';
import { answerAll, answerRows, noBody, sliceWithin } from '../../predict/batch.ts';
import { invalidInput } from '../../predict/faults.ts';
import { Problem } from '../../server/problem.ts';
import type { WholeFormat } from '../format.ts';

const contentType = 'application/vnd.apache.arrow.stream';

/** Bytes, in OpenAPI 3.1. */
const stream = { type: 'string', contentMediaType: contentType };

/** Columns instead of rows, as pyarrow, polars, R's arrow and DuckDB write them. The library for it is loaded with the first request. */
export const arrow: WholeFormat = {
  contentType,
  answeredIn: [contentType, 'application/json'],
  answer: answerTable,
  examples: () => [],
  request: () => ({
    schema: {
      ...stream,
      description:
        'An Arrow IPC stream without compression. Each column of the table is a column of the model; null is a missing value.',
    },
  }),
  response: {
    schema: {
      ...stream,
      description:
        'An Arrow IPC stream with a row for each row, and the columns of CSV but errors. The metadata of its schema has model and version.',
    },
  },
};

/** @throws Problem NOT_JSON, BAD_REQUEST, INVALID_INPUT, TOO_MANY_ROWS, TOO_BUSY */
async function answerTable(
  answerer: Answerer,
  bytes: Buffer | undefined,
  question: Question,
  limits: Limits,
  output: string,
): Promise<Buffer> {
  if (!bytes) throw noBody();
  const [{ assertFields, readCells, readRows, readTable }, { writeAnswers }] = await Promise.all([
    import('./read.ts'),
    import('./write.ts'),
  ]);
  const { model } = answerer;
  const table = readTable(bytes);
  assertFields(table, model);
  const { numRows } = table;
  if (numRows === 0) throw invalidInput([{ pointer: '', detail: 'has no rows: send at least one' }]);
  if (numRows > limits.batchRows)
    throw new Problem('TOO_MANY_ROWS', `it has ${numRows} rows; a batch may have ${limits.batchRows}`);
  const slice = sliceWithin(limits);
  const cells = readCells(table, model);
  if (!cells) return answerRows(answerer, readRows(table, model), question, limits, slice); // throws the faults
  return output === 'application/json'
    ? answerAll(answerer, cells, question, slice)
    : writeAnswers(answerer, cells, question, slice);
}
