import type { Remark } from '@hearth/artifact';
import type { FastifyReply } from 'fastify';

const problems = {
  NOT_JSON: { status: 400, title: 'The body is not JSON' },
  BAD_REQUEST: { status: 400, title: 'The request cannot be understood' },
  NOT_FOUND: { status: 404, title: 'There is nothing at this address' },
  TOO_LARGE: { status: 413, title: 'The body is too large' },
  WRONG_TYPE: { status: 415, title: 'The body is of a type that is not read here' },
  INVALID_INPUT: { status: 422, title: 'The input does not fit the model' },
  INTERNAL: { status: 500, title: 'Something failed in the server' },
  NO_MODEL: { status: 503, title: 'No model is in production' },
  STOPPING: { status: 503, title: 'The server is stopping' },
} as const;

/** An answer that is not a prediction, as RFC 9457 has it. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly title: string;
  readonly errors?: Remark[];

  constructor(code: keyof typeof problems, detail: string, errors?: Remark[]) {
    super(detail);
    this.status = problems[code].status;
    this.title = problems[code].title;
    this.errors = errors;
  }
}

/** Fastify's own errors, by code. None of its messages is passed on: some repeat what was sent. */
const fromFastify: Record<string, () => Problem> = {
  FST_ERR_CTP_INVALID_JSON_BODY: () => new Problem('NOT_JSON', 'send one JSON object, or a list of them'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () =>
    new Problem('NOT_JSON', 'the body is empty: send one JSON object, or a list of them'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new Problem('WRONG_TYPE', 'send it with the header content-type: application/json'),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Problem('TOO_LARGE', 'send it in smaller pieces'),
};

/** The problem that an error is, for the one who asked. */
export function toProblem(error: Error & { code?: string; statusCode?: number }): Problem {
  if (error instanceof Problem) return error;
  const known = fromFastify[error.code ?? ''];
  if (known) return known();
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new Problem('BAD_REQUEST', 'look at its headers and body');
  return new Problem('INTERNAL', 'it has been logged; the same request may work later');
}

/** Answers with a problem. */
export function sendProblem(reply: FastifyReply, { status, title, message, errors }: Problem): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title, status, detail: message, ...(errors && { errors }) });
}
