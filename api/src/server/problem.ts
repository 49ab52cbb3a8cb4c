import type { Remark } from '@hearth/artifact';
import type { FastifyReply } from 'fastify';
import { readOn } from '../admission/closing.ts';
import { type ProblemCode, type ProblemKind, problems, problemType } from './problems.ts';

/** What a problem looks like to the one who asked: RFC 9457. */
export interface ProblemDetails {
  /** Address of a page about this kind of problem, relative to the server. */
  type: string;
  title: string;
  status: number;
  detail: string;
  /** One entry for each fault of the input. */
  errors?: Remark[];
}

/** An answer that is not what was asked for, as RFC 9457 has it. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly details: ProblemDetails;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, detail: string, errors?: Remark[], headers: Record<string, string> = {}) {
    super(detail);
    const { status, title, retryAfter }: ProblemKind = problems[code];
    this.status = status;
    this.details = { type: problemType(code), title, status, detail, ...(errors && { errors }) };
    this.headers = { ...(retryAfter && { 'retry-after': String(retryAfter) }), ...headers };
  }
}

/** Errors of Fastify and Node, by code. None of its messages is passed on: some repeat what was sent. */
const fromFastify: Record<string, () => Problem> = {
  FST_ERR_CTP_INVALID_JSON_BODY: () => new Problem('NOT_JSON', 'send one JSON object, or a list of them'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () =>
    new Problem('NOT_JSON', 'the body is empty: send one JSON object, or a list of them'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new Problem('WRONG_TYPE', 'send it with the header content-type: application/json'),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Problem('TOO_LARGE', 'send it in smaller pieces'),
  ECONNRESET: () => new Problem('BAD_REQUEST', 'it was cut off'),
  FST_ERR_BAD_URL: () => new Problem('BAD_REQUEST', 'the address is not encoded as it has to be'),
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
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, details, headers } = problem;
  settleConnection(reply, status);
  return reply.code(status).headers(headers).type('application/problem+json').send(details);
}

/** To be called before a request is refused, which its client may still be sending. */
export function settleConnection(reply: FastifyReply, status: number): void {
  const { initialConfig } = reply.server;
  const isLast = readOn(reply.request.raw, initialConfig.bodyLimit ?? 0, status === 408);
  if (isLast || status === 408) reply.header('connection', 'close');
}
