import { type ChannelOptions, Server, ServerCredentials } from '@grpc/grpc-js';
import type { FastifyInstance } from 'fastify';
import type { Limits } from '../admission/index.ts';
import type { Safety } from '../safety/index.ts';
import { ConfigError } from '../server/config-error.ts';
import type { InferenceService } from '../v2/service.ts';
import { assertAllowed } from './admission.ts';
import { handlers } from './calls.ts';
import { methods } from './definition.ts';
import { answersOf } from './service.ts';

export interface GrpcOptions {
  service: InferenceService;
  limits: Limits;
  safety: Safety;
  host: string;
  port: number;
}

/** Calls of one connection that are answered at a time. */
const callsAtOnce = 100;

/**
 * The Open Inference Protocol, version 2, over gRPC
 * (https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_grpc.md), with Triton's extensions, on a port
 * of its own: from when the app is ready until it is closed.
 */
export function addGrpc(app: FastifyInstance, { service, limits, safety, host, port }: GrpcOptions): void {
  const options: ChannelOptions = {
    'grpc.max_receive_message_length': limits.bodyBytes,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': callsAtOnce,
    'grpc.max_connection_idle_ms': limits.idleSeconds * 1000,
  };
  const server = new Server(options);
  const defined = methods();
  const answers = answersOf(app, service, defined);
  const { unary, stream } = handlers(app, safety);
  const stopping = new AbortController();
  server.addService(
    defined,
    Object.fromEntries(
      Object.entries(answers).map(([name, answer]) => [
        name,
        defined[name].requestStream
          ? stream(name, (call) => assertAllowed(app, call), answer, stopping.signal)
          : unary(name, answer),
      ]),
    ),
  );

  app.addHook('onReady', async () => {
    const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const bound = await listen(server, address).catch((cause: Error) => {
      throw new ConfigError(`GRPC_PORT is ${port}, which cannot be used: ${cause.message}`, { cause });
    });
    app.log.info({ port: bound }, 'gRPC is served');
  });
  // connections are told to go, and every call that has begun is answered, however long it takes: `preClose` has a limit of its own
  let closed: Promise<unknown> | undefined;
  app.addHook('preClose', async () => {
    stopping.abort();
    closed = new Promise((resolve) => server.tryShutdown(resolve));
  });
  app.addHook('onClose', () => closed);
}

const listen = (server: Server, address: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
