/** With fewer sets, they may have come about by chance. */
const fewestSets = 20;
/** Larger sets are rather categories. */
const mostOfSet = 20;
/** The share of sets with the same numbers of rows of each class. */
const alike = 0.9;

export interface Matched {
  column: string;
  sets: number;
  /** Rows of class 1 and of class 0 in most sets. */
  positives: number;
  negatives: number;
}

/**
 * The column whose values are the sets of a matched study: every set has both classes, almost all in the same numbers.
 * @param target 0 or 1; [rows]
 */
export function matchedBy(
  columns: readonly { name: string; values: ArrayLike<unknown> }[],
  target: ArrayLike<number>,
): Matched | undefined {
  for (const { name, values } of columns) {
    const sets = countsOf(values, target);
    if (sets.length < fewestSets || !sets.every(([no, yes]) => no > 0 && yes > 0 && no + yes <= mostOfSet))
      continue;
    const forms = Map.groupBy(sets, ([no, yes]) => `${no} ${yes}`);
    const [most] = [...forms.values()].sort((a, b) => b.length - a.length);
    if (most.length < alike * sets.length) continue;
    const [[negatives, positives]] = most;
    return { column: name, sets: sets.length, positives, negatives };
  }
  return undefined;
}

/** Why a matched study without a prior is refused. @param target with its value, such as `case = 1` */
export function matchedFault({ column, sets, positives, negatives }: Matched, target: string): string {
  const rows = (count: number) => (count === 1 ? '1 row' : `${count} rows`);
  return `almost all ${sets} values of "${column}" have ${rows(positives)} with ${target} and ${rows(negatives)} without: this is a matched study, in which their share was chosen. It cannot tell a probability without the share in the population: give it with --prior, such as --prior 0.02`;
}

/** Rows of class 0 and 1 by value. A value that is missing is no set. */
function countsOf(values: ArrayLike<unknown>, target: ArrayLike<number>): [no: number, yes: number][] {
  const sets = new Map<unknown, [number, number]>();
  for (let row = 0; row < target.length; row++) {
    const value = values[row];
    if (value === null) continue;
    const counts = sets.get(value) ?? [0, 0];
    counts[target[row] === 1 ? 1 : 0]++;
    sets.set(value, counts);
  }
  return [...sets.values()];
}
