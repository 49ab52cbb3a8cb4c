import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { toFault } from '../v2/fault.ts';

/** The status of gRPC for a status of HTTP. */
const statuses: Record<number, status> = {
  401: status.UNAUTHENTICATED,
  404: status.NOT_FOUND,
  429: status.RESOURCE_EXHAUSTED,
  500: status.INTERNAL,
  501: status.UNIMPLEMENTED,
  503: status.UNAVAILABLE,
};

/** A refused call. */
export type Refusal = Pick<ServiceError, 'code' | 'details' | 'metadata'>;

/**
 * What the client is told of an error. After how long the same call may succeed is in `grpc-retry-pushback-ms`, which clients with a retry
 * policy follow (https://github.com/grpc/proposal/blob/master/A6-client-retries.md#pushback).
 */
export function refusalOf(error: Error): Refusal {
  const { status: httpStatus, message, headers } = toFault(error);
  const metadata = new Metadata();
  const seconds = headers['retry-after'];
  if (seconds !== undefined) metadata.set('grpc-retry-pushback-ms', String(Number(seconds) * 1000));
  return { code: statuses[httpStatus] ?? status.INVALID_ARGUMENT, details: message, metadata };
}
