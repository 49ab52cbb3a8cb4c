import { once } from 'node:events';
import { constants, createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { FastifyInstance } from 'fastify';
import type { Limits } from '../admission/index.ts';
import type { Safety } from '../safety/index.ts';
import { ConfigError } from '../server/config-error.ts';
import { Fault } from '../v2/fault.ts';
import type { InferenceService } from '../v2/service.ts';
import { assertAllowed, callers } from './admission.ts';
import { contentType } from './call.ts';
import { type Handler, handlers } from './calls.ts';
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
/** Bytes that a client may send before the server has read them: of one call, and of a connection. */
const windowBytes = { call: 256 * 1024, connection: 1024 * 1024 };
/** Megabytes that Node may keep for a connection. */
const connectionMegabytes = 64;

/**
 * The Open Inference Protocol, version 2, over gRPC
 * (https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_grpc.md), with Triton's extensions, on a port
 * of its own: from when the app is ready until it is closed.
 *
 * gRPC is spoken here, on HTTP/2 of Node (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md): a call takes half the time that it
 * takes with `@grpc/grpc-js`, which also keeps so much memory that batches wait for the garbage collector.
 */
export function addGrpc(app: FastifyInstance, { service, limits, safety, host, port }: GrpcOptions): void {
  const stopping = new AbortController();
  const callerOf = callers(safety);
  const handlerOf = handlersByPath(app, service, limits, stopping.signal);
  const server = createServer({
    settings: { maxConcurrentStreams: callsAtOnce, initialWindowSize: windowBytes.call },
    maxSessionMemory: connectionMegabytes,
  });
  server.on('session', (session) => {
    const address = session.socket.remoteAddress ?? '';
    let open = 0;
    session.setLocalWindowSize(windowBytes.connection);
    session.setTimeout(limits.idleSeconds * 1000, () => {
      if (open === 0) session.close();
    });
    session.on('stream', (stream: ServerHttp2Stream, headers) => {
      open++;
      stream.on('close', () => open--);
      const isGrpc = headers['content-type']?.startsWith(contentType) === true;
      const handle = isGrpc ? handlerOf(headers[':path']) : refuseOthers;
      handle(stream, headers, callerOf(headers, address));
    });
  });

  app.addHook('onReady', async () => {
    const bound = await listen(server, host, port).catch((cause: Error) => {
      throw new ConfigError(`GRPC_PORT is ${port}, which cannot be used: ${cause.message}`, { cause });
    });
    app.log.info({ port: bound }, 'gRPC is served');
  });
  // connections are told to go, and every call that has begun is answered, however long it takes: `preClose` has a limit of its own
  let closed: Promise<unknown> | undefined;
  app.addHook('preClose', async () => {
    if (!server.listening) return;
    closed = once(server, 'close');
    // tells each client the last call that is answered (GOAWAY), so that clients send later ones again, to another instance
    server.close();
    stopping.abort();
  });
  app.addHook('onClose', () => closed);
}

/** Makes the function that finds the handler of a path. */
function handlersByPath(
  app: FastifyInstance,
  service: InferenceService,
  limits: Limits,
  stopping: AbortSignal,
): (path: string | undefined) => Handler {
  const defined = methods();
  const { unary, stream } = handlers(app, limits);
  const byPath = new Map(
    Object.entries(answersOf(app, service, defined)).map(([name, answer]) => [
      defined[name].path,
      defined[name].isStream
        ? stream(name, (call) => assertAllowed(app, call), answer, stopping)
        : unary(name, answer),
    ]),
  );
  const others = unary('unknown', () => {
    throw new Fault('the service inference.GRPCInferenceService has no such method', 501);
  });
  return (path = '') => byPath.get(path) ?? others;
}

/** What is not gRPC gets the answer of HTTP. */
const refuseOthers: Handler = (stream) => {
  stream.on('error', () => stream.destroy());
  stream.respond({ ':status': constants.HTTP_STATUS_UNSUPPORTED_MEDIA_TYPE }, { endStream: true });
};

async function listen(server: Http2Server, host: string, port: number): Promise<number> {
  const listening = once(server, 'listening');
  server.listen(port, host);
  await listening;
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}
