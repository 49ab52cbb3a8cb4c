import type { FastifyInstance, FastifyRequest } from 'fastify';
import { noteConnection } from '../predict/slice.ts';
import { Problem } from '../problem.ts';
import type { Safety } from './settings.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** To be asked when a body has arrived, before it is parsed. @throws Problem OVERLOADED where it would have to wait too long */
    admit(request: FastifyRequest): void;
    /** How many batches have been admitted and are not answered. */
    batchesInWork(): number;
  }
}

/** Made once: to record where each was made would be a quarter of what it costs to refuse. */
const overloaded = new Problem('OVERLOADED', 'send it again a little later');

/** Bytes from which on a body counts as a batch, which takes milliseconds and holds up whoever comes after it. */
const batchBytes = 16 * 1024;
/** Batches that are answered at a time, bit by bit: more would not be answered sooner, and hold up what is refused. */
const batchesAtOnce = 2;
/** A single row may wait this many times as long as a batch: somebody else's batches must not cost it its answer. */
const patienceOfRows = 20;

/**
 * Refuses what would have to wait for too long, at once and before anything is done for it. What waits is not in a queue
 * that could be counted: it lies in the buffers of sockets. But all that the event loop finds there in one turn had arrived when
 * the turn began, so each has waited for as long as the turn has taken by then. Only what is posted is refused, and never what is
 * alone: a machine that stalls has not been asked too much.
 */
export function addShedding(app: FastifyInstance, { shedAfter }: Pick<Safety, 'shedAfter'>): void {
  const batches = new WeakSet<FastifyRequest>();
  let batchesInWork = 0;
  let turn: { began: number; by: FastifyRequest } | undefined;

  /** Milliseconds of this turn that went to others. */
  function waited(request: FastifyRequest): number {
    const now = performance.now();
    if (turn !== undefined) return turn.by === request ? 0 : now - turn.began;
    turn = { began: now, by: request };
    setImmediate(() => {
      turn = undefined;
    });
    return 0;
  }

  function isRefused(request: FastifyRequest, batch: boolean): boolean {
    const wait = waited(request);
    if (!batch) return wait > shedAfter * patienceOfRows;
    return batchesInWork >= batchesAtOnce || (batchesInWork > 0 && wait > shedAfter);
  }

  app.server.on('connection', noteConnection);
  app.decorate('admit', (request) => {
    if (shedAfter === 0) return;
    const batch = isBatch(request);
    if (isRefused(request, batch)) throw overloaded;
    if (!batch) return;
    batches.add(request);
    batchesInWork++;
  });
  app.decorate('batchesInWork', () => batchesInWork);
  if (shedAfter === 0) return;

  app.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'POST') return done();
    const batch = isBatch(request);
    // after the answer, and also where the client has gone before it
    if (batch) {
      reply.raw.once('close', () => {
        if (batches.delete(request)) batchesInWork--;
      });
    }
    done(isRefused(request, batch) ? overloaded : undefined);
  });
}

/** A body of unknown length may be of any. */
const isBatch = ({ headers }: FastifyRequest): boolean =>
  Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) > batchBytes;
