import { Fault, toFault } from '../v2/fault.ts';
import type { StatusName } from './status.ts';

/** The status of gRPC for a status of HTTP. */
const statuses: Record<number, StatusName> = {
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  408: 'DEADLINE_EXCEEDED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
};

/** How a call ends: its code, a message for the client, and what else the trailers say. */
export interface Ending {
  code: StatusName;
  message: string;
  trailers: Record<string, string>;
}

/** A call that is refused by gRPC itself, with a code that no status of HTTP has. */
export class Refused extends Fault {
  override name = 'Refused';
  readonly code: StatusName;

  constructor(code: StatusName, message: string, headers: Record<string, string> = {}) {
    super(message, 400, headers);
    this.code = code;
  }
}

/**
 * What the client is told of an error. After how long the same call may succeed is in `grpc-retry-pushback-ms`, which clients with a retry
 * policy follow (https://github.com/grpc/proposal/blob/master/A6-client-retries.md#pushback).
 */
export function endingOf(error: Error): Ending {
  const { status, message, headers } = toFault(error);
  const { 'retry-after': seconds, ...others } = headers;
  if (error instanceof Refused) return { code: error.code, message, trailers: others };
  const trailers: Record<string, string> = {};
  if (seconds !== undefined) trailers['grpc-retry-pushback-ms'] = String(Number(seconds) * 1000);
  return { code: statuses[status] ?? 'INVALID_ARGUMENT', message, trailers };
}
