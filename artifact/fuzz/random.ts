import { createUniform } from '../src/random.ts';

/** Reproducible random choices. */
export interface Random {
  /** An integer from 0 to n - 1. */
  below(n: number): number;
  pick<T>(values: readonly T[]): T;
  /** True with this probability. */
  bool(probability: number): boolean;
}

export function createRandom(seed: number): Random {
  const next = createUniform(seed);
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    pick: (values) => values[below(values.length)],
    bool: (probability) => next() < probability,
  };
}
