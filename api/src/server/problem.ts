import type { Remark } from '@hearth/artifact';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { discardRest } from '../admission/closing.ts';
import { nearestType } from '../formats/media-types.ts';
import { type ProblemCode, type ProblemKind, problems, problemType } from './problems.ts';

/** A problem as the client gets it: RFC 9457. */
export interface ProblemDetails {
  /** Address of the page of this kind of problem, relative to the server. */
  type: string;
  title: string;
  status: number;
  detail: string;
  /** One entry for each fault of the input. */
  errors?: Remark[];
}

/** An error that is returned to the client as problem details. */
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

/** Errors of Fastify and Node, by code. Their own messages are not passed on, since some repeat what was sent. */
const fromFastify: Record<string, (request?: FastifyRequest) => Problem> = {
  FST_ERR_CTP_INVALID_JSON_BODY: () => new Problem('NOT_JSON', 'send one JSON object or a list of objects'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () =>
    new Problem('NOT_JSON', 'the body is empty: send one JSON object or a list of objects'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: wrongType,
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Problem('TOO_LARGE', 'send it in smaller parts'),
  ECONNRESET: () => new Problem('BAD_REQUEST', 'the connection was closed before the request was complete'),
  FST_ERR_BAD_URL: () =>
    new Problem('BAD_REQUEST', 'the address is not a valid URL: check its percent-encoding'),
};

/** Names the type that is nearest, and all of them in the header `Accept` (RFC 9110, section 15.5.16). */
function wrongType(request?: FastifyRequest): Problem {
  const { reads = ['application/json'] } = request?.routeOptions.config ?? {};
  const nearest = nearestType(request?.headers['content-type'], reads);
  return new Problem('WRONG_TYPE', `send it with the header content-type: ${nearest}`, undefined, {
    accept: reads.join(', '),
  });
}

/** The problem that the client gets for an error. */
export function toProblem(
  error: Error & { code?: string; statusCode?: number; headers?: Record<string, string> },
  request?: FastifyRequest,
): Problem {
  if (error instanceof Problem) return error;
  const known = fromFastify[error.code ?? ''];
  if (known) return known(request);
  if (error.statusCode === 416)
    return new Problem(
      'RANGE_NOT_SATISFIABLE',
      'ask for bytes of the file, or for all',
      undefined,
      error.headers,
    );
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new Problem('BAD_REQUEST', 'check its headers and body');
  return new Problem('INTERNAL', 'the error is in the log of the server; the same request may succeed later');
}

/** Sends a problem as the response. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, details, headers } = problem;
  settleConnection(reply, status);
  return reply
    .code(status)
    .headers(headers)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(details);
}

/** Call this before a request is refused: its client may still be sending the body. */
export function settleConnection(reply: FastifyReply, status: number): void {
  const { initialConfig } = reply.server;
  const isLast = discardRest(reply.request.raw, initialConfig.bodyLimit ?? 0, status === 408);
  if (isLast || status === 408) reply.header('connection', 'close');
}
