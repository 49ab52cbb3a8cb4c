import protobuf from 'protobufjs';
import descriptor from './descriptor.json' with { type: 'json' };

/** A method of the service, with its messages as bytes and as objects. */
export interface Method {
  path: string;
  /** Whether messages come and go one after another; otherwise there is one of each. */
  isStream: boolean;
  /** The request that the bytes are, with the defaults of all its members. @throws Error if they are none */
  read(bytes: Uint8Array): object;
  write(response: object): Uint8Array;
  /** What a client needs. */
  client: { write(request: object): Buffer; read(bytes: Uint8Array): object };
}

const service = '/inference.GRPCInferenceService/';

/** Whole numbers beyond 2^53 - 1 are not exact, and stay beyond. */
const options = { longs: Number, enums: String, defaults: true, oneofs: true } as const;

/**
 * The methods by their names: those of the Open Inference Protocol, and of Triton's extensions. The protos are beside this file;
 * descriptor.json is what they say, so that no program reads them at a start (definition.test.ts checks it).
 */
export function methods(): Record<string, Method> {
  const root = protobuf.Root.fromJSON(descriptor as protobuf.INamespace);
  const services = ['GRPCInferenceService', 'Extensions'].map((name) =>
    root.lookupService(`inference.${name}`),
  );
  return Object.fromEntries(
    services.flatMap(({ methodsArray }) => methodsArray.map((method) => [method.name, methodOf(method)])),
  );
}

function methodOf(method: protobuf.Method): Method {
  method.resolve();
  const { name, requestStream, resolvedRequestType, resolvedResponseType } = method;
  const [request, response] = [resolvedRequestType, resolvedResponseType] as [protobuf.Type, protobuf.Type];
  return {
    path: service + name,
    isStream: requestStream === true,
    read: reader(request),
    write: writer(response),
    client: { write: writer(request) as (message: object) => Buffer, read: reader(response) },
  };
}

const reader = (type: protobuf.Type) => (bytes: Uint8Array) => type.toObject(type.decode(bytes), options);

const writer = (type: protobuf.Type) => (message: object) => type.encode(type.fromObject(message)).finish();
