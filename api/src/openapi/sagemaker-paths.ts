import type { Manifest } from '@hearth/artifact';
import { invocationFormats } from '../sagemaker/formats.ts';
import { exampleRow, leastRow, type Schema } from './columns.ts';
import { contentOf, get, jsonOf } from './operations.ts';
import { anyRefusal, problemResponses } from './responses.ts';

/** The container contract of Amazon SageMaker. */
export function sagemakerPaths({ columns }: Manifest): Record<string, Schema> {
  const rows = { row: exampleRow(columns), least: leastRow(columns) };
  return {
    '/ping': get({
      tag: 'sagemaker',
      operationId: 'ping',
      summary: 'Whether the server can answer, without a body',
      otherwise: {
        '4XX': anyRefusal,
        503: { description: 'No model can answer, or the server is stopping.' },
      },
    }),
    '/execution-parameters': get({
      tag: 'sagemaker',
      operationId: 'executionParameters',
      summary: 'Limits for Batch Transform',
      content: jsonOf('ExecutionParameters'),
    }),
    '/invocations': {
      post: {
        operationId: 'invoke',
        summary: 'Predict a batch in a format of Amazon SageMaker',
        description:
          'The response is complete, not streamed, in the type of the request unless Accept has another one. One fault refuses the whole batch.',
        tags: ['sagemaker'],
        requestBody: {
          required: true,
          content: contentOf(invocationFormats, ({ request }) => request(rows)),
        },
        responses: {
          200: {
            description: 'The predictions.',
            content: contentOf(invocationFormats, ({ response }) => response),
          },
          ...problemResponses(400, 401, 406, 408, 413, 415, 422, 429, 503),
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
