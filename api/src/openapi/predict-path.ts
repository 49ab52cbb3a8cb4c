import type { Manifest } from '@hearth/artifact';
import { exampleRow, leastRow, type Schema } from './columns.ts';
import { csvOf, ndjsonOf } from './examples.ts';
import { problemResponses } from './responses.ts';
import { refTo } from './schemas.ts';

const streamed =
  'Streams may be of any length. The client has to read the answers while it sends: a server that cannot get rid of them stops reading. A stream that is cut short resets the connection and never ends as if it were whole.';

/** `POST /predict` with all that it reads and answers. */
export function predictPath({ columns }: Manifest): Schema {
  const row = exampleRow(columns);
  const least = leastRow(columns);
  return {
    post: {
      operationId: 'predict',
      summary: 'Predict one row, a batch, or a stream of rows',
      description: `An object is answered by an object, a list by a list in the same order. ${streamed}`,
      tags: ['predictions'],
      parameters: [
        {
          name: 'explain',
          in: 'query',
          description: 'Whether to add what moved each answer.',
          schema: { type: 'boolean', default: false },
        },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { oneOf: [refTo('Row'), { type: 'array', items: refTo('Row'), minItems: 1 }] },
            examples: {
              row: { summary: 'One row', value: row },
              batch: {
                summary: 'Two rows, the second with no more than has to be known',
                value: [row, least],
              },
            },
          },
          'application/x-ndjson': {
            schema: { type: 'string', description: 'A row in each line, as JSON.' },
            example: ndjsonOf([row, least]),
          },
          'text/csv': {
            schema: {
              type: 'string',
              description:
                'The first line names columns. Either commas between cells and a point in decimals, or semicolons and a decimal comma. An empty cell is not known. No cell holds a line break.',
            },
            example: csvOf([row]),
          },
        },
      },
      responses: {
        200: {
          description:
            'The answer. In a stream, a line that is at fault is answered in its place, and the rest goes on. CSV is answered by CSV unless Accept prefers application/x-ndjson.',
          content: {
            'application/json': { schema: { oneOf: [refTo('Prediction'), refTo('Predictions')] } },
            'application/x-ndjson': {
              schema: {
                type: 'string',
                description: 'In each line a Prediction, or a Problem with its line.',
              },
            },
            'text/csv': {
              schema: {
                type: 'string',
                description: 'With a header; the column errors says what is wrong with a line.',
              },
            },
          },
        },
        ...problemResponses(400, 401, 408, 413, 415, 422, 426, 429, 503),
      },
    },
  };
}
