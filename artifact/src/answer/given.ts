import * as v from 'valibot';

/** From 0 to 1. */
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A list of what depends on the share of the used columns that a row gives: entries with ascending shares. */
export const byShareGiven = <E extends v.ObjectEntries>(entries: E) =>
  v.pipe(
    v.array(v.strictObject({ given: share, ...entries })),
    v.minLength(1),
    v.check((all) => {
      const shares = all.map((each) => (each as { given: number }).given);
      return shares.every((given, i) => i === 0 || given > shares[i - 1]);
    }, 'the shares of given columns do not ascend'),
  );

/** The place of the share that is nearest to the share of given columns; of two equally near, the smaller one. */
export function nearestShare(shares: readonly number[], given: number, columns: number): number {
  let nearest = 0;
  for (const [i, share] of shares.entries()) {
    if (Math.abs(share - given / columns) < Math.abs(shares[nearest] - given / columns)) nearest = i;
  }
  return nearest;
}

/** The entry for each number of given columns; [columns + 1]. */
export function byNumberGiven<E extends { given: number }>(entries: readonly E[], columns: number): E[] {
  const shares = entries.map(({ given }) => given);
  return Array.from({ length: columns + 1 }, (_, given) => entries[nearestShare(shares, given, columns)]);
}
