/** Columns per lookup. */
const groupColumns = 7;
const groupSets = 1 << groupColumns;

/** Columns, as bit masks, that must be given and that must be missing. */
export interface Condition {
  given: number;
  missing: number;
}

/**
 * Returns a function that finds the conditions that hold for a set of given columns. A table per group of columns has one bit per
 * condition; the AND over all groups leaves the conditions that hold.
 * @returns a function that writes the indices of these conditions, ascending, and returns their number
 */
export function createMatching(
  conditions: readonly Condition[],
  columns: number,
): (given: number, found: Int32Array) => number {
  const groups = Math.ceil(columns / groupColumns);
  const words = Math.ceil(conditions.length / 32);
  /** [groups × sets of given columns in the group × words] */
  const holds = new Int32Array(groups * groupSets * words);
  for (const [k, { given, missing }] of conditions.entries()) {
    for (let group = 0; group < groups; group++) {
      const inside = groupSets - 1;
      const has = (given >> (group * groupColumns)) & inside;
      const free = ~(has | (missing >> (group * groupColumns))) & inside;
      // all subsets of the columns that the condition leaves open, the empty one last
      for (let more = free, isLast = false; !isLast; more = (more - 1) & free) {
        holds[(group * groupSets + (has | more)) * words + (k >> 5)] |= bitOf(k & 31);
        isLast = more === 0;
      }
    }
  }

  const agreed = new Int32Array(words);
  return (given, found) => {
    agreed.fill(-1);
    for (let group = 0; group < groups; group++) {
      const set = (given >> (group * groupColumns)) & (groupSets - 1);
      const row = (group * groupSets + set) * words;
      for (let word = 0; word < words; word++) agreed[word] &= holds[row + word];
    }
    let count = 0;
    for (let word = 0; word < words; word++) {
      for (let bits = agreed[word]; bits !== 0; ) {
        const place = Math.clz32(bits);
        found[count++] = 32 * word + place;
        bits ^= bitOf(place);
      }
    }
    return count;
  };
}

/** Place 0 is the highest bit, so that `Math.clz32` finds the first place. */
const bitOf = (place: number): number => 0x80000000 >>> place;
