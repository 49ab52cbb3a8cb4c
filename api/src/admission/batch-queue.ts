/** Batches that are answered at a time, in turns: a short one passes a long one, and rows of no others are in memory. */
const atOnce = 2;
/** What counts of the batches before, each time one is done: some fifty count, so that one stall does not look like a slow model. */
const kept = 0.98;

/** How long batches of one kind take. Both are sums in which older batches count less and less. */
interface Pace {
  milliseconds: number;
  bytes: number;
}

/** A batch that is announced, waits or is in work. */
export interface Batch {
  /** Of its body, as far as they count. */
  bytes: number;
  readonly pace: Pace;
  begin?(): void;
  /** What each batch in work had had of the processor when this one began; undefined while it waits. */
  began?: number;
}

/** Batches in the order in which they came, and how long they will take. */
export interface BatchQueue {
  /** Milliseconds that a batch would wait which came now: what those before it are expected to take. */
  wait(): number;
  /** Bytes of the bodies that are announced or not answered. */
  bytes(): number;
  /** Batches that are in work or wait. */
  size(): number;
  /** @param kind batches that take about as long for a byte */
  announce(kind: string, bytes: number): Batch;
  /** Calls `begin` when it is the batch's turn. */
  enter(batch: Batch, begin: () => void): void;
  /** The batch is answered; or its client is gone, which says nothing about the pace. Only the first call counts. */
  leave(batch: Batch, isAnswered: boolean): void;
}

/** Before the first batch of a kind is done, 10 MB are expected to take a second. */
const guess = { milliseconds: 100, bytes: 1e6 };

export function createBatchQueue(now = () => performance.now()): BatchQueue {
  const paces = new Map<string, Pace>();
  const batches = new Set<Batch>();
  const waiting = new Set<Batch>();
  let inWork = 0;
  let had = 0;
  let at = 0;

  /** Milliseconds of the processor that each batch in work has had, of which they all get the same share. */
  function share(): number {
    const time = now();
    if (inWork > 0) had += (time - at) / inWork;
    at = time;
    return had;
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
