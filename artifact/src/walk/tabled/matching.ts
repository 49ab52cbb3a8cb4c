/** Columns that are looked up at once. */
const groupColumns = 7;
const groupSets = 1 << groupColumns;

/** Columns, as bits, that are given where something holds, and others that are not. */
export interface Condition {
  given: number;
  missing: number;
}

/**
 * Makes the function that finds the conditions which hold for a set of given columns. For each group of columns, a bit for each
 * condition is looked up; those that are set for all groups are left.
 * @returns writes the conditions that hold, ascending, and returns how many they are
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
      // through all subsets of the columns that may be given or not, the empty one last
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

/** The first place is the highest bit, which is found fastest. */
const bitOf = (place: number): number => 0x80000000 >>> place;
