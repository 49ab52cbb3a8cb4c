import type { Column, Feature, Forest } from '@hearth/artifact';

/** By how much each known column reduces the logarithm of the spread. */
const step = 0.22;

/** One stump per column that splits on whether the column is known: the more columns are known, the narrower the interval. */
export function spreadByKnown(columns: readonly Column[], features: readonly Feature[]): Forest {
  const trees = columns.length;
  const each = <Values extends Int32Array | Float64Array | Uint8Array>(empty: Values, stump: number[]) => {
    for (let i = 0; i < empty.length; i++) empty[i] = stump[i % 3] ?? 0;
    return empty;
  };
  const feature = new Int32Array(3 * trees).fill(-1);
  const left = new Int32Array(3 * trees).fill(-1);
  const right = new Int32Array(3 * trees).fill(-1);
  for (let tree = 0; tree < trees; tree++) {
    feature[3 * tree] = features.findIndex(({ column }) => column === columns[tree]?.name);
    left[3 * tree] = 3 * tree + 1;
    right[3 * tree] = 3 * tree + 2;
  }
  return {
    roots: Int32Array.from({ length: trees }, (_, tree) => 3 * tree),
    feature,
    left,
    right,
    threshold: each(new Float64Array(3 * trees), [1e9, 0, 0]),
    value: each(new Float64Array(3 * trees), [0, -step, 0]),
    cover: each(new Float64Array(3 * trees), [2, 1, 1]),
    missingLeft: new Uint8Array(3 * trees),
  };
}
