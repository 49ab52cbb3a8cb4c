import type { ColumnBins } from '../bins.ts';

/** A feature that is 1 where the category of a column is in a set. */
export interface SetFeature {
  /** Index of the column. */
  column: number;
  /** 1 for the categories in the set; [categories]. */
  set: Uint8Array;
}

/** The sets of categories on which trees split; each is a feature behind those of the table. */
export interface CategorySets {
  /** The index of the feature, new or known. */
  featureOf(column: number, set: Uint8Array): number;
  /** In the order of their indices. */
  features: SetFeature[];
}

export function createCategorySets(columns: readonly ColumnBins[]): CategorySets {
  const features: SetFeature[] = [];
  const known = new Map<string, number>();
  const first = columns.reduce(
    (most, { kind, feature, size }) => Math.max(most, feature + (kind === 'numeric' ? 1 : size)),
    0,
  );
  return {
    features,
    featureOf(column, set) {
      const key = `${column}:${set.join('')}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const index = first + features.length;
      known.set(key, index);
      features.push({ column, set });
      return index;
    },
  };
}
