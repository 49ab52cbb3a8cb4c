import type { Manifest } from '@hearth/artifact';
import { invocationFormats } from '../sagemaker/formats.ts';
import { exampleRow, leastRow, type Schema } from './columns.ts';
import { contentOf, get, jsonOf } from './operations.ts';
import { anyRefusal, problemResponses } from './responses.ts';

/** The contract of a SageMaker container. */
export function sagemakerPaths({ columns }: Manifest): Record<string, Schema> {
  const rows = { row: exampleRow(columns), least: leastRow(columns) };
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
          content: contentOf(invocationFormats, ({ request }) => request(rows)),
        },
        responses: {
          200: {
            description: 'The answer.',
            content: contentOf(invocationFormats, ({ response }) => response),
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
