import { Client, type ClientDuplexStream, credentials, Metadata } from '@grpc/grpc-js';
import { methods } from '../src/grpc/definition.ts';

const defined = methods();
const same = (bytes: Buffer): Buffer => bytes;

/** A client of the protocol over gRPC, for tests. Messages are those of the protos. */
export function grpcClient(port: number) {
  const connection = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  return {
    call<Answer>(name: string, message: object, headers: Record<string, string> = {}): Promise<Answer> {
      const { path, client: messages } = defined[name];
      return new Promise((resolve, reject) => {
        connection.makeUnaryRequest(
          path,
          same,
          messages.read,
          messages.write(message),
          Metadata.fromHttp2Headers(headers),
          (error, answer) => (error ? reject(error) : resolve(answer as Answer)),
        );
      });
    },
    stream(headers: Record<string, string> = {}): ClientDuplexStream<object, StreamAnswer> {
      const { path, client: messages } = defined.ModelStreamInfer;
      return connection.makeBidiStreamRequest(
        path,
        messages.write,
        messages.read as (bytes: Buffer) => StreamAnswer,
        Metadata.fromHttp2Headers(headers),
      );
    },
    close: () => connection.close(),
  };
}

export interface InferAnswer {
  id: string;
  model_version: string;
  parameters: Record<string, { double_param: number }>;
  outputs: { name: string; datatype: string; shape: number[]; contents: Record<string, unknown[]> | null }[];
  raw_output_contents: Buffer[];
}
export interface StreamAnswer {
  error_message: string;
  infer_response: InferAnswer | null;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
