import type { Forest } from '@hearth/artifact';
import type { Design } from '../../design.ts';
import { given, leaf, split, stepNode, type WrittenNode, writeForest } from '../written-trees.ts';
import type { AdditiveScores } from './additive-scores.ts';

/** Trees that replace the regression by a constant, one for each column that it depends on; [outputs]. */
export function undoing(
  design: Design,
  rows: Int32Array,
  { steps, empty, constant }: AdditiveScores,
): Forest[] {
  return constant.map((start, k) =>
    writeForest(
      design.binned.columns.map((column, c) => {
        const covers = new Float64Array(column.size + 1);
        for (const row of rows) covers[column.bins[row]]++;
        const always = c === 0 ? start - empty[k] : 0;
        const leaves = Array.from(covers.subarray(0, column.size), (cover, bin) =>
          leaf(always - steps[c][bin * constant.length + k], cover),
        );
        return split(column.feature, given, binNode(column, leaves), leaf(always, covers[column.size]));
      }),
    ),
  );
}

/** In which bin a value is, or which category it is. @param leaves one for each bin */
const binNode = (
  { kind, feature, lowest, highest }: Design['binned']['columns'][number],
  leaves: readonly WrittenNode[],
) =>
  kind === 'numeric'
    ? stepNode(
        feature,
        lowest.subarray(1).map((low, i) => (highest[i] + low) / 2),
        leaves,
      )
    : leaves.reduceRight((others, own, k) => split(feature + k, 0.5, others, own));
