import type { FastifyInstance } from 'fastify';
import { type Logger, symbols } from 'pino';
import { traceOf } from '../tracing/tracing.ts';

/** The parts of a pino logger that are needed to write lines directly (https://getpino.io/#/docs/api?id=pino-symbols). */
interface Kept {
  /** The beginning of a line, by level. */
  [symbols.lsCacheSym]: Record<number, string>;
  [symbols.timeSym]: () => string;
  [symbols.chindingsSym]: string;
  [symbols.streamSym]: { write(line: string): void };
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Logs a call of gRPC that has been answered; absent if nothing is logged. */
    logCall?(id: string, method: string, code: string, milliseconds: number): void;
  }
}

/**
 * Logs one line per request or call of gRPC, with the route instead of the address, and without anything about the client. The line is built
 * here from few pieces: pino takes four times as long, because it checks every value for characters to escape.
 */
export function logAnswers(app: FastifyInstance, logger: Logger): void {
  const kept = logger as unknown as Kept;
  const begin = kept[symbols.lsCacheSym][logger.levels.values.info];
  const stream = kept[symbols.streamSym];
  let time = 0;
  let head = '';

  /** The beginning of all lines of this millisecond. */
  function headNow(): string {
    const now = Date.now();
    if (now !== time) {
      time = now;
      head = flat(begin, kept[symbols.timeSym](), kept[symbols.chindingsSym], ',"reqId":"');
    }
    return head;
  }

  /** @param told members of JSON about the request and its answer */
  function write(id: string, told: string, milliseconds: number): void {
    stream.write(
      `${headNow()}${id}${told},"milliseconds":${Math.round(milliseconds * 1000) / 1000},"msg":"answered"}\n`,
    );
  }

  app.onAnswered(({ request, route, status, milliseconds }) => {
    if (!logger.isLevelEnabled('info')) return;
    const trace = traceOf(request);
    const told = outcome(request.method)(route)(status);
    write(request.id, trace === undefined ? told : `${told},"traceparent":"${trace}"`, milliseconds);
  });
  app.decorate('logCall', (id, method, code, milliseconds) => {
    if (logger.isLevelEnabled('info')) write(id, `","grpc":"${method}","code":"${code}"`, milliseconds);
  });
}

/** Kept, since there are few methods, routes and statuses. */
const outcome = remember((method: string) =>
  remember((route: string | undefined) =>
    remember((status: number) =>
      flat(
        '","method":',
        JSON.stringify(method),
        ',"route":',
        JSON.stringify(route ?? 'none'),
        `,"status":${status}`,
      ),
    ),
  ),
);

function remember<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}

/** A string in one piece: V8 keeps a concatenated string as pieces, and walks through them at each copy. */
const flat = (...pieces: string[]): string => pieces.join('');
