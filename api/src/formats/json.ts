import type { Limits } from '../admission/index.ts';
import { refTo } from '../openapi/schemas.ts';
import type { Answerer, Question } from '../predict/answerer.ts';
import { answerAll, answerOne, answerParsed, answerRows, noBody, sliceWithin } from '../predict/batch.ts';
import type { WholeFormat } from './format.ts';
import { parseBody } from './parse-json.ts';
import { isList, readOneRow, readRowList } from './plain-json.ts';

/** One row as an object, or a list of them. */
export const json: WholeFormat = {
  contentType: 'application/json',
  answeredIn: ['application/json'],
  answer: answerBody,
  examples: ({ row, least }) => [
    {
      title: 'One row',
      about: 'A missing value is left out, or null.',
      body: JSON.stringify(row),
    },
    {
      title: 'With contributions',
      about: 'base and all values add up to the answer on their scale.',
      query: '?explain=true',
      body: JSON.stringify(row),
    },
    { title: 'A batch', about: 'Answered in order.', body: JSON.stringify([row, least]) },
  ],
  request: ({ row, least }) => ({
    schema: { oneOf: [refTo('Row'), { type: 'array', items: refTo('Row'), minItems: 1 }] },
    examples: {
      row: { summary: 'One row', value: row },
      batch: {
        summary: 'Two rows, the second with the required columns only',
        value: [row, least],
      },
    },
  }),
  response: { schema: { oneOf: [refTo('Prediction'), refTo('Predictions')] } },
};

/** @throws Problem NOT_JSON, TOO_DEEP, INVALID_INPUT, TOO_MANY_ROWS, TOO_BUSY */
function answerBody(
  answerer: Answerer,
  bytes: Buffer | undefined,
  question: Question,
  limits: Limits,
): string | Promise<Buffer> {
  if (!bytes) throw noBody();
  if (isList(bytes)) return answerList(answerer, bytes, question, limits);
  return readOneRow(answerer.model, bytes, answerer.cells)
    ? answerOne(answerer, question)
    : answerParsed(answerer, parseBody(bytes, limits), question, limits);
}

async function answerList(
  answerer: Answerer,
  bytes: Buffer,
  question: Question,
  limits: Limits,
): Promise<Buffer> {
  const slice = sliceWithin(limits);
  const cells = await readRowList(answerer.model, bytes, limits, slice);
  if (cells) return answerAll(answerer, cells, question, slice);
  const rows = parseBody(bytes, limits) as unknown[]; // JSON that begins like a list is one
  return answerRows(answerer, rows, question, limits, slice);
}
