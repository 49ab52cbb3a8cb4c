import type { Manifest } from '@hearth/artifact';
import { wireFormats } from '../formats/index.ts';
import { exampleRow, leastRow, type Schema } from './columns.ts';
import { contentOf } from './operations.ts';
import { prevalenceParameters } from './prevalence.ts';
import { problemResponses } from './responses.ts';

const streamed =
  'Streams may have any length. Read the answers while you send: if you do not, the server stops reading. If a stream fails, the server resets the connection, so that a partial stream never looks complete.';

/** `POST /predict`, with all formats. */
export function predictPath(manifest: Manifest): Schema {
  const { columns, data, target } = manifest;
  const rows = { row: exampleRow(columns), least: leastRow(columns) };
  return {
    post: {
      operationId: 'predict',
      summary: 'Predict one row, a batch, or a stream of rows',
      description: `An object gets an object, a list gets a list in the same order. ${streamed}`,
      tags: ['predictions'],
      parameters: [
        {
          name: 'explain',
          in: 'query',
          ...explained(target),
        },
        ...(data.decision
          ? [
              {
                name: 'decision',
                in: 'query',
                description: 'Whether to add what the answer decides, by the threshold of the model.',
                schema: { type: 'boolean', default: false },
              },
            ]
          : []),
        ...prevalenceParameters(manifest),
      ],
      requestBody: {
        required: true,
        content: contentOf(wireFormats, ({ request }) => request(rows)),
      },
      responses: {
        200: {
          description:
            'The predictions. In a stream, a line with a fault gets an error in its place, and the stream goes on. CSV gets CSV unless Accept prefers application/x-ndjson.',
          content: contentOf(wireFormats, ({ response }) => response),
        },
        ...problemResponses(400, 401, 406, 408, 413, 415, 422, 426, 429, 503),
      },
    },
  };
}

/** Whether to explain; of several classes, also which one. */
function explained(target: Manifest['target']): Schema {
  if (target.type !== 'classes') {
    return {
      description: 'Whether to add the contribution of each column.',
      schema: { type: 'boolean', default: false },
    };
  }
  return {
    description:
      'Whether to add the contribution of each column to the most probable class; or the class whose contributions are added.',
    schema: {
      enum: [...new Set(['true', 'false', ...target.classes.map(({ value }) => value)])],
      default: 'false',
    },
  };
}
