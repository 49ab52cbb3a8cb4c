import type { Model, Row, Schema } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import { csvOf } from '../formats/csv.ts';
import { csvWriter } from '../formats/csv-writer.ts';
import type { ExampleRows } from '../formats/format.ts';
import { jsonWriter } from '../formats/json-writer.ts';
import { ndjsonOf } from '../formats/ndjson.ts';
import { refTo } from '../openapi/schemas.ts';
import type { Answerer, Question } from '../predict/answerer.ts';
import { answerParsed } from '../predict/batch.ts';
import { type Csv, readCsv } from './csv.ts';
import { checkRows, type ReadRow, readJsonLines, writeRows } from './rows.ts';

export type InvocationType = 'application/json' | 'application/jsonlines' | 'text/csv';

/** The rows of a body; of CSV also the dialect in which it is answered. */
export interface ReadBatch {
  count: number;
  rows: Iterable<ReadRow>;
  csv?: Csv;
}

/** A format of `/invocations`; its bodies are read and answered whole. */
export interface InvocationFormat {
  /** The media types of the answer; the first is the default. */
  answeredIn: readonly InvocationType[];
  /** @param body parsed if it is JSON, otherwise its text */
  read(body: unknown, contentType: string, model: Model, limits: Limits): ReadBatch;
  write(
    answerer: Answerer,
    question: Question,
    rows: Row[],
    batch: ReadBatch,
    limits: Limits,
  ): string | Promise<string | Buffer>;
  /** The request body and the answer in OpenAPI. */
  request(rows: ExampleRows): Schema;
  response: Schema;
}

const list: Schema = { type: 'array', items: refTo('Row'), minItems: 1 };

const json: InvocationFormat = {
  answeredIn: ['application/json', 'application/jsonlines'],
  read(body, _type, model) {
    const value = instancesOf(body);
    const values = Array.isArray(value) ? value : [value];
    return { count: values.length, rows: checkRows(values, model) };
  },
  write: (answerer, question, rows, _batch, limits) => answerParsed(answerer, rows, question, limits),
  request: ({ row, least }) => ({
    schema: {
      oneOf: [
        refTo('Row'),
        list,
        { type: 'object', properties: { instances: list }, required: ['instances'] },
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
  answeredIn: ['application/jsonlines', 'application/json'],
  read(body, _type, model, limits) {
    const lines = linesOf(String(body));
    return { count: lines.length, rows: readJsonLines(lines, model, limits) };
  },
  write: (answerer, question, rows) => writeRows(rows, jsonWriter(answerer, question)),
  request: ({ row, least }) => ({
    schema: { type: 'string', description: 'A row in each line, as JSON.' },
    example: ndjsonOf([row, least]),
  }),
  response: { schema: { type: 'string', description: 'In each line a Prediction.' } },
};

const csv: InvocationFormat = {
  answeredIn: ['text/csv', 'application/json', 'application/jsonlines'],
  read(body, contentType, model) {
    const csv = readCsv(String(body), contentType, model);
    return { count: csv.count, rows: csv.rows, csv };
  },
  async write(answerer, question, rows, { csv }) {
    const writer = csvWriter(answerer, question, csv?.delimiter ?? ',');
    return (csv?.hasHeader ? writer.head : '') + (await writeRows(rows, writer));
  },
  request: ({ row }) => ({
    schema: {
      type: 'string',
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
