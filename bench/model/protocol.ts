import { createRandom, permutation } from '@hearth/training';

/** Seeds of the folds; none was used in development. */
export const seeds = Array.from({ length: 10 }, (_, i) => 2001 + 100 * i);

export const folds = 10;

/** The random subsets use only the first seeds, because each needs a new model in every fold. */
export const subsetSeeds = 3;

/** Random subsets of the columns: sizes from 1 to all but one, members at random. */
export function randomSubsets(columns: number, count: number): number[][] {
  const random = createRandom(77);
  return Array.from({ length: count }, (_, i) => {
    const size = 1 + (i % (columns - 1));
    return Array.from(permutation(columns, random).slice(0, size)).sort((a, b) => a - b);
  });
}
