import { createServer, type Server as HttpServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  Client,
  credentials,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { methods } from '../src/grpc/definition.ts';

/** A request of a real client, and how it was answered. */
export interface Recorded {
  /** Of HTTP: `POST /v2/…`; of gRPC the name of the method. */
  asked: string;
  headers: Record<string, string>;
  /** Base64. */
  body: string;
  /** Status of HTTP, or code of gRPC. */
  status: number;
  /** What the client was told of a refusal. */
  error?: string;
}

const keptHeaders = [
  'content-type',
  'content-encoding',
  'accept-encoding',
  'inference-header-content-length',
];

/** Passes HTTP on to a server and records it. @returns the port */
export async function recordHttp(port: number, to: Recorded[]): Promise<{ port: number; stop(): void }> {
  const server = createServer(async (asked, answer) => {
    const body = await buffer(asked);
    const { method, url, headers } = asked;
    const passed = request({ host: '127.0.0.1', port, method, path: url, headers }, async (response) => {
      const received = await buffer(response);
      const { statusCode: status = 0 } = response;
      const kept = Object.entries(headers).filter(([name]) => keptHeaders.includes(name));
      to.push({
        asked: `${method} ${url}`,
        headers: Object.fromEntries(kept) as Record<string, string>,
        body: body.toString('base64'),
        status,
        ...(status >= 400 && { error: JSON.parse(received.toString()).error }),
      });
      answer.writeHead(status, response.headers).end(received);
    });
    passed.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => stopAll(server),
  };
}

function stopAll(server: HttpServer): void {
  server.close();
  server.closeAllConnections();
}

const same = (bytes: Buffer): Buffer => bytes;

/** The same for gRPC. */
export async function recordGrpc(port: number, to: Recorded[]): Promise<{ port: number; stop(): void }> {
  const server = new Server();
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const record = (asked: string, bytes: Buffer, status: number, error?: string) =>
    to.push({ asked, headers: {}, body: bytes.toString('base64'), status, ...(error && { error }) });
  for (const [name, method] of Object.entries(methods())) {
    const { path, isStream } = method;
    server.register(
      path,
      isStream
        ? (call: ServerDuplexStream<Buffer, Buffer>) => {
            const passed = client.makeBidiStreamRequest(path, same, same, call.metadata);
            call.on('data', (bytes: Buffer) => {
              record(name, bytes, 0);
              passed.write(bytes);
            });
            call.on('end', () => passed.end());
            passed.on('data', (bytes: Buffer) => call.write(bytes));
            passed.on('end', () => call.end());
          }
        : (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
            client.makeUnaryRequest(path, same, same, call.request, call.metadata, (error, answer) => {
              record(name, call.request, error?.code ?? 0, error?.details);
              done(error, answer);
            });
          },
      same,
      same,
      isStream ? 'bidi' : 'unary',
    );
  }
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, at) =>
      error ? reject(error) : resolve(at),
    );
  });
  return { port: bound, stop: () => server.forceShutdown() };
}
