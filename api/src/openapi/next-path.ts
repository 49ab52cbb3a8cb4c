import type { Manifest } from '@hearth/artifact';
import { exampleRow, leastRow, type Schema } from './columns.ts';
import { prevalenceMember, prevalenceParameters } from './prevalence.ts';
import { problemResponses } from './responses.ts';
import { object, refTo } from './schemas.ts';

/** `POST /next`. */
export const nextPath = (manifest: Manifest): Schema => ({
  post: {
    operationId: 'next',
    summary: 'Which column, if it were given too, would narrow the answer most',
    description:
      'Lists the columns that the row does not give by how much each is expected to narrow the answer, averaged over the values that it may have. A model that does not say how its training rows are spread, or whose answer cannot become narrower, gets 404.',
    tags: ['predictions'],
    parameters: prevalenceParameters(manifest),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: refTo('Row'),
          examples: {
            least: { summary: 'The required columns only', value: leastRow(manifest.columns) },
            row: { summary: 'Nothing left to ask', value: exampleRow(manifest.columns) },
          },
        },
      },
    },
    responses: {
      200: {
        description: 'The columns that are not given, the most useful first.',
        content: { 'application/json': { schema: refTo('Next') } },
      },
      ...problemResponses(400, 401, 404, 406, 408, 413, 415, 422, 429, 503),
    },
  },
});

export const nextSchemas = (manifest: Manifest): Record<string, Schema> => ({
  Next: object(
    {
      measure: {
        enum: ['width', 'entropy'],
        description:
          'What is to become less: the width of the interval, in the unit of the answer, or the entropy of the probabilities, in bits.',
      },
      now: { type: 'number', description: 'Its size for the row as it is.' },
      next: {
        type: 'array',
        items: object({
          column: { enum: manifest.columns.map(({ name }) => name) },
          expected: { type: 'number', description: 'The size that is expected once the column is given.' },
          narrowing: {
            type: 'number',
            description: 'now minus expected; below 0 if the answer is expected to become wider.',
          },
        }),
      },
      model: refTo('ModelName'),
      ...prevalenceMember(manifest),
    },
    ['measure', 'now', 'next', 'model'],
  ),
});
