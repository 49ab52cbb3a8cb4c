import { allTypes, lineTypes } from '../formats/media-types.ts';

/** One kind of problem: what its page says besides the address. */
export interface ProblemKind {
  status: number;
  title: string;
  /** Why it comes about, and what to do: one sentence or two of its page. */
  meaning: string;
  /** Seconds after which the same request may work. */
  retryAfter?: number;
}

/** Every answer of the API that is not what was asked for. The address of a kind is its name in small letters. */
export const problems = {
  NOT_JSON: {
    status: 400,
    title: 'The body is not JSON',
    meaning:
      'The body cannot be read as JSON in UTF-8. Send one object, or a list of objects; for the text of several objects, one a line, use application/x-ndjson.',
  },
  BAD_REQUEST: {
    status: 400,
    title: 'The request cannot be understood',
    meaning: 'A parameter, a header or the HTTP itself is not as it has to be; the detail says which.',
  },
  UNAUTHORIZED: {
    status: 401,
    title: 'The request has no key that is known here',
    meaning:
      'This server answers predictions to those who have a key: send it as Authorization: Bearer KEY, or as X-API-Key: KEY. Who runs the server gives it out.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is nothing at this address',
    meaning: 'The address is not one of this server. /openapi.json lists those that are.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'The address does not take this method',
    meaning: 'The address exists, but for other methods: the header Allow lists them.',
  },
  TOO_SLOW: {
    status: 408,
    title: 'The request took too long to arrive',
    meaning: 'The body did not arrive whole in the time that the server waits for it. Send it again.',
  },
  TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    meaning: `The body is larger than the server keeps in memory. Send it in smaller pieces, or as ${listed(lineTypes, 'or')}, which may be of any length.`,
  },
  TOO_MANY_ROWS: {
    status: 413,
    title: 'The batch has too many rows',
    meaning: `One batch holds more rows than the server answers at once. Send it in smaller pieces, or as ${listed(lineTypes, 'or')}, which may be of any length.`,
  },
  WRONG_TYPE: {
    status: 415,
    title: 'The body is of a type that is not read here',
    meaning: `POST /predict reads ${listed(allTypes, 'and')}, in UTF-8 and not compressed.`,
  },
  INVALID_INPUT: {
    status: 422,
    title: 'The input does not fit the model',
    meaning:
      'The body was read, but rows in it do not fit the columns of the model. Each entry of errors points at one fault and says what is allowed there. Nothing is coerced: "54" is not 54. What is not known is left out, or null.',
  },
  TOO_DEEP: {
    status: 422,
    title: 'The JSON is nested too deeply',
    meaning: 'A row is a flat object: no lists and no objects within it.',
  },
  TOO_LONG: {
    status: 422,
    title: 'The line is too long',
    meaning:
      'A line of a stream is longer than the server keeps in memory. It is passed over, and the rest goes on.',
  },
  HTTP_TOO_OLD: {
    status: 426,
    title: 'The stream needs HTTP/1.1',
    meaning:
      'An answer of unknown length by HTTP/1.0 ends by closing the connection, so that half of it looks like all of it. Use HTTP/1.1.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Too many requests from one client',
    meaning:
      'The client has asked more often within a minute than this server answers one client. The header Retry-After says in how many seconds it may go on; many rows in one batch are one request.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: 'The headers are too large',
    meaning: 'All headers together are larger than the server reads.',
  },
  INTERNAL: {
    status: 500,
    title: 'Something failed in the server',
    meaning: 'This is a fault of the server. It is in its log, under the id of the request.',
  },
  NO_MODEL: {
    status: 503,
    title: 'No model can answer',
    meaning: 'The server runs, but has no model to answer with. The detail says why.',
    retryAfter: 5,
  },
  STOPPING: {
    status: 503,
    title: 'The server is stopping',
    meaning: 'This instance is about to stop. Another one, or the next one, answers.',
    retryAfter: 1,
  },
  OVERLOADED: {
    status: 503,
    title: 'The server has more to do than it can',
    meaning:
      'Others would have kept this request waiting for too long, so it was refused at once and nothing of it was done. Send it again after the seconds that the header Retry-After says, or to another instance.',
    retryAfter: 1,
  },
  TOO_BUSY: {
    status: 503,
    title: 'The batch took too long to answer',
    meaning: 'The server had too much else to do. Try again later, or with fewer rows.',
    retryAfter: 1,
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

/** Name of the page about a kind of problem. */
export const problemName = (code: ProblemCode): string => code.toLowerCase().replaceAll('_', '-');

/** Address of that page on this server. */
export const problemType = (code: ProblemCode): string => `/docs/problems/${problemName(code)}`;

function listed(types: readonly string[], word: 'and' | 'or'): string {
  return `${types.slice(0, -1).join(', ')} ${word} ${types.at(-1)}`;
}
