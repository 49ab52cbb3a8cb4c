import type { Manifest } from '@hearth/artifact';
import { wireFormats } from '../formats/index.ts';
import { exampleRow, leastRow, type Schema } from './columns.ts';
import { contentOf } from './operations.ts';
import { problemResponses } from './responses.ts';

const streamed =
  'Streams may be of any length. The client has to read the answers while it sends: a server that cannot get rid of them stops reading. A stream that is cut short resets the connection and never ends as if it were whole.';

/** `POST /predict` with all that it reads and answers. */
export function predictPath({ columns }: Manifest): Schema {
  const rows = { row: exampleRow(columns), least: leastRow(columns) };
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
        content: contentOf(wireFormats, ({ request }) => request(rows)),
      },
      responses: {
        200: {
          description:
            'The answer. In a stream, a line that is at fault is answered in its place, and the rest goes on. CSV is answered by CSV unless Accept prefers application/x-ndjson.',
          content: contentOf(wireFormats, ({ response }) => response),
        },
        ...problemResponses(400, 401, 408, 413, 415, 422, 426, 429, 503),
      },
    },
  };
}
