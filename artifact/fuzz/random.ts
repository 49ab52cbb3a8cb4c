/** Reproducible random numbers (mulberry32, Tommy Ettinger, public domain). */
export interface Random {
  /** An integer from 0 to n - 1. */
  below(n: number): number;
  pick<T>(values: readonly T[]): T;
  /** True with this probability. */
  bool(probability: number): boolean;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    pick: (values) => values[below(values.length)],
    bool: (probability) => next() < probability,
  };
}
