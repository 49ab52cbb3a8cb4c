import type { Given } from '../learners/learner.ts';
import { createRandom } from '../random.ts';

/** Keeps each column of a row with the probability `share`, and those of `always`; other rows lose other columns. */
export interface RandomMask {
  share: number;
  always: Given;
}

/** Which columns of a row are kept: the same whenever it is asked. */
export function keptColumns({ share, always }: RandomMask, row: number): Given {
  const random = createRandom(row * 101 + Math.round(100 * share));
  return always.map((isAlways) => Number(random.uniform() < share || isAlways === 1));
}
