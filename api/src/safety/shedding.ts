import type { FastifyInstance, FastifyRequest } from 'fastify';
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

/** Bytes from which on a body counts as a batch, which takes milliseconds and holds up whoever comes after it. */
const batchBytes = 16 * 1024;
/** Batches that are answered at a time, bit by bit: more would not be answered sooner, and hold up what is refused. */
const batchesAtOnce = 2;
/** A single row may wait this many times as long as a batch: somebody else's batches must not cost it its answer. */
const patienceOfRows = 20;

/**
 * Refuses what would have to wait for too long, at once and before anything is done for it. What waits is not in a queue
 * that could be counted: it lies in the buffers of sockets. But all that the event loop finds there in one turn had arrived when
 * the turn began, so each has waited for as long as the turn has taken by then. Only what is posted is refused.
 */
export function addShedding(app: FastifyInstance, { shedAfter }: Pick<Safety, 'shedAfter'>): void {
  const batches = new WeakSet<FastifyRequest>();
  let batchesInWork = 0;
  let turnBegan: number | undefined;

  function waited(): number {
    const now = performance.now();
    if (turnBegan !== undefined) return now - turnBegan;
    turnBegan = now;
    setImmediate(() => {
      turnBegan = undefined;
    });
    return 0;
  }

  function refuseIfLate(batch: boolean): void {
    const late = waited() > (batch ? shedAfter : shedAfter * patienceOfRows);
    if (late || (batch && batchesInWork >= batchesAtOnce)) {
      throw new Problem('OVERLOADED', 'send it again a little later');
    }
  }

  app.decorate('admit', (request) => {
    if (shedAfter === 0) return;
    const batch = isBatch(request);
    refuseIfLate(batch);
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
    try {
      refuseIfLate(batch);
      done();
    } catch (problem) {
      done(problem as Problem);
    }
  });
}

/** A body of unknown length may be of any. */
const isBatch = ({ headers }: FastifyRequest): boolean =>
  Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) > batchBytes;
