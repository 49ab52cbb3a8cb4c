import type { FastifyInstance } from 'fastify';
import { type Logger, symbols } from 'pino';
import { traceOf } from '../tracing/tracing.ts';

/** What pino keeps of a logger, for those who write lines themselves (https://getpino.io/#/docs/api?id=pino-symbols). */
interface Kept {
  /** The beginning of a line by level. */
  [symbols.lsCacheSym]: Record<number, string>;
  [symbols.timeSym]: () => string;
  [symbols.chindingsSym]: string;
  [symbols.streamSym]: { write(line: string): void };
}

/**
 * One line a request, with the route instead of the address: neither what was asked nor who asked. The line is put together here, of
 * as few pieces as can be: pino takes four times as long to find out that nothing in it needs to be escaped.
 */
export function logAnswers(app: FastifyInstance, logger: Logger): void {
  const kept = logger as unknown as Kept;
  const begin = kept[symbols.lsCacheSym][logger.levels.values.info];
  const stream = kept[symbols.streamSym];
  let time = 0;
  let head = '';

  /** What all lines of a millisecond begin with. */
  function headNow(): string {
    const now = Date.now();
    if (now !== time) {
      time = now;
      head = flat(begin, kept[symbols.timeSym](), kept[symbols.chindingsSym], ',"reqId":"');
    }
    return head;
  }

  app.onAnswered(({ request, route, status, milliseconds }) => {
    if (!logger.isLevelEnabled('info')) return;
    const trace = traceOf(request);
    stream.write(
      `${headNow()}${request.id}${outcome(request.method)(route)(status)}` +
        `${trace === undefined ? '' : `,"traceparent":"${trace}"`}` +
        `,"milliseconds":${Math.round(milliseconds * 1000) / 1000},"msg":"answered"}\n`,
    );
  });
}

/** Methods, routes and statuses are few, and known. */
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

/** One string in one piece: one that was added up is gone through piece by piece each time that it is copied. */
const flat = (...pieces: string[]): string => pieces.join('');
