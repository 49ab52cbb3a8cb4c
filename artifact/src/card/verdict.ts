import type { Difference } from '../manifest/evaluation.ts';

export type Verdict = 'better' | 'worse' | 'undecided';

/** What a paired difference (model minus reference, in an error) says: nothing is better while 0 lies within its 95 % interval. */
export function verdictOf({ low, high }: Pick<Difference, 'low' | 'high'>): Verdict {
  if (high < 0) return 'better';
  return low > 0 ? 'worse' : 'undecided';
}

/** The verdict in words, with how many rows could show no more. */
export const verdictInWords = (difference: Difference, rows: number): string =>
  ({
    better: 'better',
    worse: 'worse',
    undecided: `no difference that ${rows} rows can show`,
  })[verdictOf(difference)];
