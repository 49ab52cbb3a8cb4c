import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Safety } from '../safety/settings.ts';
import { Problem } from '../server/problem.ts';
import { type Batch, createBatchQueue } from './batch-queue.ts';
import { deadline, type Limits } from './index.ts';
import { noteConnection } from './slice.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * To be asked when a body of so many bytes has arrived, before it is parsed.
     * @returns when it is the batch's turn; undefined where it need not wait, as single rows never do
     * @throws Problem OVERLOADED where it would have to wait too long
     */
    admit(request: FastifyRequest, bytes: number): Promise<void> | undefined;
    /** How many batches have been admitted and are not answered. */
    batchesInWork(): number;
  }
}

/** Bytes from which on a body counts as a batch, which takes milliseconds and holds up whoever comes after it. */
const batchBytes = 16 * 1024;
/** Milliseconds for which a body is expected whose headers have come: who keeps it back longer takes nobody's place. */
const expectedFor = 300;
/** Bodies of the largest size that may be in the queue. */
const largestBodies = 32;

/**
 * Puts batches into a queue, and refuses at once, before anything is done for it, what would have to wait for too long. Rows are
 * answered as they come. What they wait for is not in a queue that could be counted: it lies in the buffers of sockets. But all that
 * the event loop finds there in one turn had arrived when the turn began, so each has waited for as long as the turn has taken by
 * then. Only what is posted is refused, and never what is alone: a machine that stalls has not been asked too much.
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

  /** Milliseconds of this turn that went to those before; to be asked once by each request. */
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
    // once it is answered: what a client takes of it, and when, is another matter
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

/** Batches of one address take about as long for a byte, unless they are explained. */
function kindOf({ query, routeOptions }: FastifyRequest): string {
  const { explain } = query as Record<string, unknown>;
  return `${routeOptions.url} ${explain === 'true'}`;
}

const refusals = new Map<number, Problem>();

/** Made once for each wait: to record where it was made would be a quarter of what it costs to refuse. */
function overloaded(milliseconds: number): Problem {
  const seconds = Math.min(Math.ceil(milliseconds / 1000), 60);
  const known = refusals.get(seconds);
  if (known) return known;
  const problem = new Problem('OVERLOADED', 'send it again a little later', undefined, {
    'retry-after': String(seconds),
  });
  refusals.set(seconds, problem);
  return problem;
}
