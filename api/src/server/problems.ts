import { allTypes, lineTypes } from '../formats/media-types.ts';
import { basePath } from './base-path.ts';

/** One kind of problem, and what its page says. */
export interface ProblemKind {
  status: number;
  title: string;
  /** The cause and what to do, for its page. */
  meaning: string;
  /** Seconds after which the same request may succeed. */
  retryAfter?: number;
}

/** Every kind of error that the API returns. The address of a kind is its name in lower case. */
export const problems = {
  NOT_JSON: {
    status: 400,
    title: 'The body is not JSON',
    meaning:
      'The body is not valid JSON in UTF-8. Send one object or a list of objects; for several objects, one per line, use application/x-ndjson.',
  },
  BAD_REQUEST: {
    status: 400,
    title: 'The request cannot be understood',
    meaning: 'A parameter, a header or the HTTP syntax is invalid; the detail says which.',
  },
  UNAUTHORIZED: {
    status: 401,
    title: 'The request has no valid API key',
    meaning:
      'Predictions on this server need an API key: send it as Authorization: Bearer KEY or as X-API-Key: KEY. Ask the operator of the server for one.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is nothing at this address',
    meaning: 'This server does not have this address. /openapi.json lists all addresses.',
  },
  UNKNOWN_MODEL: {
    status: 404,
    title: 'There is no such model or version',
    meaning:
      'The server has no model of the name in the address, or the model no version of that name. The detail names those that exist; GET /models lists all models.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'The method is not allowed at this address',
    meaning: 'The address takes other methods; the header Allow lists them.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    title: 'The answer has no media type that the request accepts',
    meaning:
      'The header Accept refuses every media type in which this address can answer; the detail lists them. Leave the header out, or add one of them or */* to it.',
  },
  TOO_SLOW: {
    status: 408,
    title: 'The request took too long to arrive',
    meaning: 'The whole request did not arrive within the time limit of the server. Send it again.',
  },
  TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    meaning: `The body is larger than the limit of the server. Split it, or send it as ${listed(lineTypes, 'or')}, which may have any length.`,
  },
  TOO_MANY_ROWS: {
    status: 413,
    title: 'The batch has too many rows',
    meaning: `The batch has more rows than the limit of the server. Split it, or send it as ${listed(lineTypes, 'or')}, which may have any length.`,
  },
  WRONG_TYPE: {
    status: 415,
    title: 'The content type is not supported',
    meaning: `POST /predict reads ${listed(allTypes, 'and')}, in UTF-8 and uncompressed.`,
  },
  RANGE_NOT_SATISFIABLE: {
    status: 416,
    title: 'The file has no such range',
    meaning:
      'The header Range asks only for bytes behind the end of the file, whose length is in Content-Range.',
  },
  INVALID_INPUT: {
    status: 422,
    title: 'The input does not fit the model',
    meaning:
      'The body is valid, but rows in it do not fit the columns of the model. Each entry of errors points at one fault and says what is allowed. Values are not converted: "54" is not 54. Leave out an unknown value, or send null.',
  },
  TOO_DEEP: {
    status: 422,
    title: 'The JSON is nested too deeply',
    meaning: 'A row is a flat object, without lists or objects inside.',
  },
  TOO_LONG: {
    status: 422,
    title: 'The line is too long',
    meaning:
      'A line of a stream is longer than the limit of the server. It is skipped, and the stream goes on.',
  },
  HTTP_TOO_OLD: {
    status: 426,
    title: 'The stream needs HTTP/1.1',
    meaning:
      'In HTTP/1.0 a response of unknown length ends when the connection closes, so a client cannot tell a complete stream from a broken one. Use HTTP/1.1.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Too many requests from one client',
    meaning:
      'The client has sent more requests within a minute than the limit of the server. Wait for the seconds in the header Retry-After. A batch of many rows counts as one request.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: 'The headers are too large',
    meaning: 'All headers together are larger than the limit of the server.',
  },
  INTERNAL: {
    status: 500,
    title: 'The server failed',
    meaning:
      'This is a fault of the server, not of the request. The log has it under the id of the request (x-request-id).',
  },
  NO_MODEL: {
    status: 503,
    title: 'No model can answer',
    meaning:
      'The server runs, but no version of the model is in production, or none can be loaded. The detail says why and what to do.',
    retryAfter: 5,
  },
  STOPPING: {
    status: 503,
    title: 'The server is stopping',
    meaning: 'This instance is about to stop. Send the request again: another instance will answer it.',
    retryAfter: 1,
  },
  OVERLOADED: {
    status: 503,
    title: 'The server is overloaded',
    meaning:
      'The request would have had to wait too long for other requests, so it was refused before any work. Send it again after the seconds in the header Retry-After, or to another instance.',
    retryAfter: 1,
  },
  TOO_BUSY: {
    status: 503,
    title: 'The batch took too long to answer',
    meaning: 'The server was too busy with other requests. Try again later, or with fewer rows.',
    retryAfter: 1,
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

/** Name of the page of a kind of problem. */
export const problemName = (code: ProblemCode): string => code.toLowerCase().replaceAll('_', '-');

/** Address of that page on this server. */
export const problemType = (code: ProblemCode): string => `${basePath}/docs/problems/${problemName(code)}`;

function listed(types: readonly string[], word: 'and' | 'or'): string {
  return `${types.slice(0, -1).join(', ')} ${word} ${types.at(-1)}`;
}
