/** How many batches are answered at a time, by turns: a short batch can overtake a long one, and only their rows are in memory. */
const atOnce = 2;
/** The weight of earlier batches after each new one. About fifty count, so that one stall does not look like a slow model. */
const kept = 0.98;

/** How long batches of one kind take. Both numbers are sums in which older batches count less and less. */
interface Pace {
  milliseconds: number;
  bytes: number;
}

/** A batch that is announced, waiting or in work. */
export interface Batch {
  /** Bytes of its body; 0 while they do not count. */
  bytes: number;
  readonly pace: Pace;
  begin?(): void;
  /** The value of `used` when the batch began; undefined while it waits. */
  began?: number;
}

/** Batches in the order in which they arrived, and how long they will probably take. */
export interface BatchQueue {
  /** Milliseconds that a batch arriving now would wait: the expected time of all batches before it. */
  wait(): number;
  /** Bytes of all bodies that are announced, waiting or in work. */
  bytes(): number;
  /** How many batches are waiting or in work. */
  size(): number;
  /** @param kind batches of one kind take about the same time per byte */
  announce(kind: string, bytes: number): Batch;
  /** Calls `begin` when it is the batch's turn. */
  enter(batch: Batch, begin: () => void): void;
  /** The batch is answered; or its client has gone, and its time does not count. Only the first call has an effect. */
  leave(batch: Batch, isAnswered: boolean): void;
}

/** The pace expected before the first batch of a kind is answered: 10 MB a second. */
const guess = { milliseconds: 100, bytes: 1e6 };

export function createBatchQueue(now = () => performance.now()): BatchQueue {
  const paces = new Map<string, Pace>();
  const batches = new Set<Batch>();
  const waiting = new Set<Batch>();
  let inWork = 0;
  let used = 0;
  let lastTime = 0;

  /** Milliseconds of the processor that each batch in work has used since the queue was made, if all of them get the same share. */
  function share(): number {
    const time = now();
    if (inWork > 0) used += (time - lastTime) / inWork;
    lastTime = time;
    return used;
  }

  function beginNext(): void {
    for (const batch of waiting) {
      if (inWork === atOnce) return;
      waiting.delete(batch);
      batch.began = share();
      inWork++;
      batch.begin?.();
    }
  }

  return {
    wait() {
      let sum = 0;
      for (const { bytes, pace } of batches) sum += (bytes * pace.milliseconds) / pace.bytes;
      return sum;
    },
    bytes() {
      let sum = 0;
      for (const { bytes } of batches) sum += bytes;
      return sum;
    },
    size: () => waiting.size + inWork,
    announce(kind, bytes) {
      const pace = paces.get(kind) ?? { ...guess };
      paces.set(kind, pace);
      const batch = { bytes, pace };
      batches.add(batch);
      return batch;
    },
    enter(batch, begin) {
      batch.begin = begin;
      waiting.add(batch);
      beginNext();
    },
    leave(batch, isAnswered) {
      if (!batches.delete(batch) || waiting.delete(batch) || batch.began === undefined) return;
      const taken = share() - batch.began;
      inWork--;
      if (isAnswered) {
        batch.pace.milliseconds = batch.pace.milliseconds * kept + taken;
        batch.pace.bytes = batch.pace.bytes * kept + batch.bytes;
      }
      beginNext();
    },
  };
}
