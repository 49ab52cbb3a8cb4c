import type { FastifyInstance } from 'fastify';
import { type Logger, symbols } from 'pino';
import { traceOf } from './tracing/index.ts';

/** What pino keeps of a logger, for those who write lines themselves (https://getpino.io/#/docs/api?id=pino-symbols). */
interface Kept {
  /** The beginning of a line by level. */
  [symbols.lsCacheSym]: Record<number, string>;
  [symbols.timeSym]: () => string;
  [symbols.chindingsSym]: string;
  [symbols.streamSym]: { write(line: string): void };
}

/**
 * One line a request, with the route instead of the address: neither what was asked nor who asked. The line is put together here, for
 * pino takes four times as long to find out that nothing in it needs to be escaped.
 */
export function logAnswers(app: FastifyInstance, logger: Logger): void {
  const info = logger.levels.values.info;
  const kept = logger as unknown as Kept;
  const begin = kept[symbols.lsCacheSym][info];
  const stream = kept[symbols.streamSym];

  app.addHook('onResponse', (request, reply, done) => {
    if (logger.isLevelEnabled('info')) {
      const trace = traceOf(request);
      stream.write(
        `${begin}${kept[symbols.timeSym]()}${kept[symbols.chindingsSym]},"reqId":"${request.id}","method":"${request.method}"` +
          `,"route":${quoted(request.routeOptions.url ?? 'none')},"status":${reply.statusCode}` +
          `${trace === undefined ? '' : `,"traceparent":"${trace}"`}` +
          `,"milliseconds":${Math.round(reply.elapsedTime * 1000) / 1000},"msg":"answered"}\n`,
      );
    }
    done();
  });
}

const routes = new Map<string, string>();

/** Routes are few, and known. */
function quoted(route: string): string {
  const known = routes.get(route);
  if (known !== undefined) return known;
  const text = JSON.stringify(route);
  routes.set(route, text);
  return text;
}
