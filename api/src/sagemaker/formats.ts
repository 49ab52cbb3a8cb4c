import { isUtf8 } from 'node:buffer';
import type { Model, Row, Schema } from '@hearth/artifact';
import type { Delimiter } from '@hearth/artifact/text-table';
import type { Limits } from '../admission/index.ts';
import { csvOf } from '../formats/csv.ts';
import { csvWriter } from '../formats/csv-writer.ts';
import type { ExampleRows } from '../formats/format.ts';
import { jsonWriter } from '../formats/json-writer.ts';
import { ndjsonOf } from '../formats/ndjson.ts';
import { parseBody } from '../formats/parse-json.ts';
import { refTo } from '../openapi/schemas.ts';
import type { Answerer, Question } from '../predict/answerer.ts';
import { answerAll, answerParsed, sliceWithin } from '../predict/batch.ts';
import { Problem } from '../server/problem.ts';
import { type Csv, readCsv } from './csv.ts';
import { checkRows, type ReadRow, readJsonLines, writeRows } from './rows.ts';

export type InvocationType = 'application/json' | 'application/jsonlines' | 'text/csv';

/** The rows of a body; of CSV also the dialect in which it is answered. */
export interface ReadBatch {
  count: number;
  rows: Iterable<ReadRow>;
  csv?: Csv;
}

/** How an answer in CSV is written. */
export interface Dialect {
  delimiter: Delimiter;
  hasHeader: boolean;
}

/** A format of `/invocations`; its bodies are read and answered whole. */
export interface InvocationFormat {
  /** The `content-type` of answers in this format. */
  contentType: string;
  /** @throws Problem for a body that cannot be parsed */
  read(body: Buffer, contentType: string, model: Model, limits: Limits): ReadBatch;
  write(
    answerer: Answerer,
    question: Question,
    rows: Row[],
    dialect: Dialect,
    limits: Limits,
  ): string | Promise<string | Buffer>;
  /** The request body and the answer in OpenAPI. */
  request(rows: ExampleRows): Schema;
  response: Schema;
}

const list: Schema = { type: 'array', items: refTo('Row'), minItems: 1 };

const json: InvocationFormat = {
  contentType: 'application/json',
  read(body, _type, model, limits) {
    const value = instancesOf(parseBody(body, limits));
    const values = Array.isArray(value) ? value : [value];
    return { count: values.length, rows: checkRows(values, model) };
  },
  write: (answerer, question, rows, _dialect, limits) =>
    rows.length === 0
      ? answerAll(answerer, new Float64Array(), question, sliceWithin(limits))
      : answerParsed(answerer, rows, question, limits),
  request: ({ row, least }) => ({
    schema: {
      oneOf: [
        refTo('Row'),
        list,
        {
          type: 'object',
          properties: { instances: list },
          required: ['instances'],
          additionalProperties: false,
        },
      ],
    },
    examples: {
      row: { summary: 'One row', value: row },
      batch: { summary: 'Two rows', value: [row, least] },
      instances: {
        summary: 'Two rows, in the form of TensorFlow Serving',
        value: { instances: [row, least] },
      },
    },
  }),
  response: { schema: { oneOf: [refTo('Prediction'), refTo('Predictions')] } },
};

const jsonLines: InvocationFormat = {
  contentType: 'application/jsonlines',
  read(body, _type, model, limits) {
    const lines = linesOf(textOf(body));
    return { count: lines.length, rows: readJsonLines(lines, model, limits) };
  },
  write: (answerer, question, rows) => writeRows(rows, jsonWriter(answerer, question)),
  request: ({ row, least }) => ({
    schema: { type: 'string', minLength: 1, description: 'A row in each line, as JSON.' },
    example: ndjsonOf([row, least]),
  }),
  response: { schema: { type: 'string', description: 'In each line a Prediction.' } },
};

const csv: InvocationFormat = {
  contentType: 'text/csv; charset=utf-8',
  read(body, contentType, model, limits) {
    const csv = readCsv(textOf(body), contentType, model, limits);
    return { count: csv.count, rows: csv.rows, csv };
  },
  write(answerer, question, rows, { delimiter, hasHeader }) {
    const writer = csvWriter(answerer, question, delimiter);
    return writeRows(rows, writer, hasHeader ? writer.head : '');
  },
  request: ({ row }) => ({
    schema: {
      type: 'string',
      minLength: 1,
      description:
        'With or without a header. Without one, a row has a cell for each column, in the order of the model. The first line is a header if it names a column, unless the content type says header=present or header=absent.',
    },
    example: csvOf([row]).slice(csvOf([row]).indexOf('\n') + 1),
  }),
  response: { schema: { type: 'string' } },
};

/** The formats of `POST /invocations`. */
export const invocationFormats: Record<InvocationType, InvocationFormat> = {
  'application/json': json,
  'application/jsonlines': jsonLines,
  'text/csv': csv,
};

export const invocationTypes = Object.keys(invocationFormats) as InvocationType[];

/** @throws Problem BAD_REQUEST */
function textOf(body: Buffer): string {
  if (!isUtf8(body)) throw new Problem('BAD_REQUEST', 'the body is not text in UTF-8');
  return body.toString();
}

/** Lines of JSON; blank ones are left out. */
const linesOf = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => line.trim() !== '');

/** The rows of a batch as clients of TensorFlow Serving and SageMaker's examples send it. */
export function instancesOf(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { instances, ...others } = body as Record<string, unknown>;
  return Array.isArray(instances) && Object.keys(others).length === 0 ? instances : body;
}
