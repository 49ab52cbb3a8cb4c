import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Safety } from '../safety/settings.ts';
import { Problem } from '../server/problem.ts';
import { type Batch, createBatchQueue } from './batch-queue.ts';
import { deadline, type Limits } from './index.ts';
import { noteConnection } from './slice.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Call it when a body has arrived, before it is parsed.
     * @returns a promise for the batch's turn; undefined for a body that need not wait, such as a single row
     * @throws Problem OVERLOADED for a batch that would wait too long
     */
    admit(request: FastifyRequest, bytes: number): Promise<void> | undefined;
    /** Call it with the headers of a request whose length says nothing, such as that of a compressed body. */
    announceBatch(request: FastifyRequest, reply: FastifyReply): void;
    /**
     * The same for a message that is no request of HTTP, once it has arrived.
     * @returns of a batch: its turn, and what to call when it is answered
     * @throws Problem OVERLOADED
     */
    admitMessage(kind: string, bytes: number): { turn: Promise<void>; leave(): void } | undefined;
    /** How many batches are admitted and not yet answered. */
    batchesInWork(): number;
  }
}

/** A body with more bytes is a batch: it takes milliseconds, in which all later requests wait. */
const batchBytes = 16 * 1024;
/** Milliseconds for which an announced body counts; a client that sends it later must find a place then. */
const expectedFor = 300;
/** The queue holds at most the bytes of this many bodies of the largest size. */
const largestBodies = 32;

/**
 * Puts batches into a queue, and refuses a request that would wait too long at once, before any work is done for it.
 *
 * Single rows are answered as they arrive. The requests before them are not in a queue that can be counted: they are in the buffers of
 * sockets. But all requests that the event loop reads in one turn had arrived when the turn began, so each of them has waited as long
 * as the turn has taken so far. Only POST requests are refused, and never one that is alone: a machine that stalls is not overloaded.
 */
export function addShedding(
  app: FastifyInstance,
  { shedAfter }: Pick<Safety, 'shedAfter'>,
  { bodyBytes }: Pick<Limits, 'bodyBytes'>,
): void {
  const queue = createBatchQueue();
  const longestWait = shedAfter || Number.POSITIVE_INFINITY;
  const mostBytes = shedAfter ? largestBodies * bodyBytes : Number.POSITIVE_INFINITY;
  const announced = new WeakMap<FastifyRequest, Batch>();
  let turnBegan: number | undefined;

  /** Milliseconds since the first request of this turn; call it once for each request. */
  function waited(): number {
    const now = performance.now();
    if (turnBegan !== undefined) return now - turnBegan;
    turnBegan = now;
    setImmediate(() => {
      turnBegan = undefined;
    });
    return 0;
  }

  const isFull = (bytes: number): boolean => queue.wait() > longestWait || queue.bytes() + bytes > mostBytes;

  function announce(request: FastifyRequest, { raw }: FastifyReply, bytes: number): void {
    const batch = queue.announce(kindOf(request), bytes);
    announced.set(request, batch);
    const forget = deadline(expectedFor, () => {
      if (batch.begin === undefined) batch.bytes = 0;
    });
    // 'prefinish': the answer is complete; how fast the client reads it does not count
    for (const [event, isAnswered] of [
      ['prefinish', true],
      ['close', false],
    ] as const) {
      raw.once(event, () => {
        forget();
        queue.leave(batch, isAnswered);
      });
    }
  }

  app.server.on('connection', noteConnection);
  app.decorate('admit', (request, bytes) => {
    const batch = bytes > batchBytes && announced.get(request);
    if (!batch) return undefined;
    if (batch.bytes === 0 && isFull(bytes)) throw overloaded(queue.wait());
    batch.bytes = bytes;
    return new Promise<void>((begin) => queue.enter(batch, begin));
  });
  app.decorate('announceBatch', (request, reply) => {
    if (!announced.has(request)) announce(request, reply, 0);
  });
  app.decorate('admitMessage', (kind, bytes) => {
    const wait = shedAfter && waited();
    if (wait > longestWait) throw overloaded(wait);
    if (bytes <= batchBytes) return undefined;
    if (isFull(bytes)) throw overloaded(queue.wait());
    const batch = queue.announce(kind, bytes);
    return {
      turn: new Promise<void>((begin) => queue.enter(batch, begin)),
      leave: () => queue.leave(batch, true),
    };
  });
  app.decorate('batchesInWork', () => queue.size());

  app.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'POST') return done();
    const wait = shedAfter && waited();
    if (wait > longestWait) return done(overloaded(wait));
    const bytes = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY);
    if (bytes > batchBytes) {
      const expected = bytes <= bodyBytes ? bytes : 0;
      if (isFull(expected)) return done(overloaded(queue.wait()));
      announce(request, reply, expected);
    }
    done();
  });
}

/** Batches of one route take about the same time per byte, with or without explanations. */
function kindOf({ query, routeOptions }: FastifyRequest): string {
  const { explain } = query as Record<string, unknown>;
  return `${routeOptions.url} ${explain === 'true'}`;
}

const refusals = new Map<number, Problem>();

/** One problem for each wait, made once: the stack trace of a new one would be a quarter of the cost of a refusal. */
function overloaded(milliseconds: number): Problem {
  const seconds = Math.min(Math.ceil(milliseconds / 1000), 60);
  const known = refusals.get(seconds);
  if (known) return known;
  const problem = new Problem('OVERLOADED', 'retry after the time in Retry-After', undefined, {
    'retry-after': String(seconds),
  });
  refusals.set(seconds, problem);
  return problem;
}
