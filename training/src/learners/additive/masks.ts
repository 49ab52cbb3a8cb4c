import { permutation, type Random } from '../../random.ts';

/** Which columns are known: 1 or 0 for each; [columns]. */
export type Mask = Uint8Array;

/** Indices of the variables that are known; `owners` has the column of each. */
export const knownVariables = (mask: Mask, owners: readonly number[]): number[] =>
  Array.from(owners.keys()).filter((j) => mask[owners[j]] === 1);

/**
 * The states of knowledge to fit: nothing, everything, each column alone, everything but one, the first 1, 2, 3 … columns of the table,
 * then random subsets of uniformly distributed size, until there are `count` states (or all that exist).
 * @param always indices of the columns that are known in each of them
 */
export function sampleMasks(
  columns: number,
  count: number,
  random: Random,
  always: readonly number[] = [],
): Mask[] {
  const masks = new Map<string, Mask>();
  const atLeast = Math.max(count, columns + 2);
  const free = columns - always.length;
  const wanted = free < 31 ? Math.min(atLeast, 2 ** free) : atLeast;
  const add = (known: Iterable<number>): void => {
    if (masks.size >= wanted) return;
    const mask = new Uint8Array(columns);
    for (const j of [...known, ...always]) mask[j] = 1;
    masks.set(mask.join(''), mask);
  };
  const all = Array.from({ length: columns }, (_, j) => j);
  add([]);
  add(all);
  for (const j of all) add([j]);
  for (const j of all) {
    add(all.filter((other) => other !== j));
    add(all.slice(0, j + 1));
  }
  for (let tries = 0; masks.size < wanted && tries < 50 * count; tries++) {
    add(permutation(columns, random).subarray(0, 1 + random.below(columns)));
  }
  return [...masks.values()];
}
