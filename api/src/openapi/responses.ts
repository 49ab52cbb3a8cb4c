import { type ProblemKind, problems } from '../server/problems.ts';
import type { Schema } from './columns.ts';
import { refTo } from './schemas.ts';

/** The response with this status: everything that may lead to it. */
export function problemResponse(status: number): Schema {
  const kinds: ProblemKind[] = Object.values(problems).filter((kind) => kind.status === status);
  return {
    description: `${kinds.map(({ title }) => title).join(', or: ')}.`,
    content: problemContent,
    ...(kinds.some(({ retryAfter }) => retryAfter) && {
      headers: {
        'Retry-After': {
          description: 'Seconds after which the same request may work.',
          schema: { type: 'integer', minimum: 1 },
        },
      },
    }),
  };
}

export const problemResponses = (...statuses: number[]): Record<string, Schema> =>
  Object.fromEntries(statuses.map((status) => [status, problemResponse(status)]));

/** Where a client can do little wrong. */
export const anyRefusal: Schema = {
  description: 'The request is not as it has to be; the type says in what.',
  content: { 'application/problem+json': { schema: refTo('Problem') } },
};

const problemContent = { 'application/problem+json': { schema: refTo('Problem') } };
