import { type ProblemKind, problems } from '../server/problems.ts';
import type { Schema } from './columns.ts';
import { refTo } from './schemas.ts';

const problemContent = { 'application/problem+json': { schema: refTo('Problem') } };

/** The response with this status, for all problems that have it. */
export function problemResponse(status: number): Schema {
  const kinds: ProblemKind[] = Object.values(problems).filter((kind) => kind.status === status);
  return {
    description: `${kinds.map(({ title }) => title).join(', or: ')}.`,
    content: problemContent,
    ...(kinds.some(({ retryAfter }) => retryAfter) && {
      headers: {
        'Retry-After': {
          description: 'Seconds after which the same request may succeed.',
          schema: { type: 'integer', minimum: 1 },
        },
      },
    }),
  };
}

export const problemResponses = (...statuses: number[]): Record<string, Schema> =>
  Object.fromEntries(statuses.map((status) => [status, problemResponse(status)]));

/** For routes that take no input. */
export const anyRefusal: Schema = {
  description: 'The request is invalid; type and detail say why.',
  content: problemContent,
};
