/** A stream of pseudo-random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform integer in [0, n). */
  below(n: number): number;
}

/**
 * The generator sfc32 (Doty-Humphrey, PractRand). It uses 32-bit integer arithmetic only, so that every machine gives the same numbers.
 * Streams of different seeds are independent.
 */
export function createRandom(seed: number): Random {
  // In a typed array, 32-bit integers are stored without an allocation each.
  const state = Int32Array.of(seed, Math.floor(seed / 2 ** 32), 0x9e3779b9, 1);
  const next = (): number => {
    const a = state[0];
    const b = state[1];
    const c = state[2];
    const counter = state[3];
    const sum = (a + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    state[3] = counter + 1;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) next();
  return {
    uniform: () => next() / 2 ** 32,
    below: (n) => Math.floor((next() / 2 ** 32) * n),
  };
}

/** A random order of 0 … n-1 (Fisher-Yates). */
export function permutation(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** One step of a partial shuffle: swaps a random element of those from `i` to before `end` into place `i`. @returns this element */
export function drawInto(order: Int32Array, i: number, end: number, random: Random): number {
  const j = i + random.below(end - i);
  const drawn = order[j];
  order[j] = order[i];
  order[i] = drawn;
  return drawn;
}

/** A random sample of at most `most` of the rows, in their order; all of them if there are no more. */
export function sampleRows(rows: Int32Array, most: number, seed: number): Int32Array {
  if (rows.length <= most) return rows;
  return permutation(rows.length, createRandom(seed))
    .subarray(0, most)
    .sort()
    .map((i) => rows[i]);
}
