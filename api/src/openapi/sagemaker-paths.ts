import type { Manifest } from '@hearth/artifact';
import { csvOf } from '../formats/csv.ts';
import { ndjsonOf } from '../formats/ndjson.ts';
import { exampleRow, leastRow, type Schema } from './columns.ts';
import { get, jsonOf, textOf } from './operations.ts';
import { anyRefusal, problemResponses } from './responses.ts';
import { refTo } from './schemas.ts';

const list: Schema = { type: 'array', items: refTo('Row'), minItems: 1 };

/** The contract of a SageMaker container. */
export function sagemakerPaths({ columns }: Manifest): Record<string, Schema> {
  const row = exampleRow(columns);
  const least = leastRow(columns);
  const lines = { schema: { type: 'string', description: 'A row in each line, as JSON.' } };
  return {
    '/ping': get({
      tag: 'sagemaker',
      operationId: 'ping',
      summary: 'Whether the server can answer, without a word',
      otherwise: {
        '4XX': anyRefusal,
        503: { description: 'No model is in production, or the server is stopping.' },
      },
    }),
    '/execution-parameters': get({
      tag: 'sagemaker',
      operationId: 'executionParameters',
      summary: 'What Batch Transform may send',
      content: jsonOf('ExecutionParameters'),
    }),
    '/invocations': {
      post: {
        operationId: 'invoke',
        summary: 'Predict a batch as clients of Amazon SageMaker send it',
        description:
          'Answered as a whole, in the type that came unless Accept asks for another one. One fault refuses all of it.',
        tags: ['sagemaker'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
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
                  summary: 'Two rows, as TensorFlow Serving has them',
                  value: { instances: [row, least] },
                },
              },
            },
            'application/jsonlines': { ...lines, example: ndjsonOf([row, least]) },
            'text/csv': {
              schema: {
                type: 'string',
                description:
                  'With a header or without: then there is a cell for each column, in the order of the model. The first line is a header where it names a column, unless the content type says header=present or header=absent.',
              },
              example: csvOf([row]).slice(csvOf([row]).indexOf('\n') + 1),
            },
          },
        },
        responses: {
          200: {
            description: 'The answer.',
            content: {
              'application/json': { schema: { oneOf: [refTo('Prediction'), refTo('Predictions')] } },
              'application/jsonlines': {
                schema: { type: 'string', description: 'In each line a Prediction.' },
              },
              ...textOf('text/csv'),
            },
          },
          ...problemResponses(400, 401, 408, 413, 415, 422, 429, 503),
        },
      },
    },
  };
}

export const sagemakerSchemas: Record<string, Schema> = {
  ExecutionParameters: {
    type: 'object',
    properties: {
      MaxConcurrentTransforms: { type: 'integer', minimum: 1 },
      BatchStrategy: { enum: ['MULTI_RECORD'] },
      MaxPayloadInMB: { type: 'integer', minimum: 1 },
    },
    required: ['MaxConcurrentTransforms', 'BatchStrategy', 'MaxPayloadInMB'],
  },
};
