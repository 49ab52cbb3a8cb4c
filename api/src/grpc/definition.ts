import { fromJSON, type MethodDefinition, type PackageDefinition } from '@grpc/proto-loader';
import descriptor from './descriptor.json' with { type: 'json' };

/** A method with its messages as bytes on the way in, so that a request is admitted before it is read. */
export interface Method {
  path: string;
  requestStream: boolean;
  responseStream: boolean;
  requestDeserialize(bytes: Buffer): Buffer;
  requestSerialize(message: object): Buffer;
  responseSerialize(message: object): Buffer;
  responseDeserialize(bytes: Buffer): object;
  /** The message that the bytes are. @throws Error if they are none */
  read(bytes: Buffer): object;
}

const service = '/inference.GRPCInferenceService/';

/** Names as in the proto; whole numbers beyond 2^53 - 1 are not exact, and stay beyond. */
const options = { keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true } as const;

/**
 * The methods by their names: those of the Open Inference Protocol, and of Triton's extensions. The protos are beside this file;
 * descriptor.json is what they say, so that no program reads them at a start (definition.test.ts checks it).
 */
export function methods(): Record<string, Method> {
  const defined: PackageDefinition = fromJSON(descriptor as Parameters<typeof fromJSON>[0], options);
  const all = { ...defined['inference.GRPCInferenceService'], ...defined['inference.Extensions'] };
  return Object.fromEntries(
    Object.entries(all as Record<string, MethodDefinition<object, object>>).map(([name, method]) => [
      name,
      {
        path: service + name,
        requestStream: method.requestStream,
        responseStream: method.responseStream,
        requestDeserialize: (bytes) => bytes,
        requestSerialize: method.requestSerialize,
        responseSerialize: method.responseSerialize,
        responseDeserialize: method.responseDeserialize,
        read: method.requestDeserialize,
      },
    ]),
  );
}
