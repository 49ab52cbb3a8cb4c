import type { Forest } from '@hearth/artifact';
import type { Design } from '../../design.ts';
import { given, leaf, split, stepNode, type WrittenNode, writeForest } from '../written-trees.ts';
import type { AdditiveScores } from './additive-scores.ts';

type Bins = Design['binned']['columns'][number];

/** Trees that replace the regression by a constant, one for each column that it depends on; [outputs]. */
export function undoing(
  { binned, sampling }: Design,
  rows: Int32Array,
  { steps, empty, constant }: AdditiveScores,
): Forest[] {
  const covers = binned.columns.map((column) => coversOf(column, rows, sampling?.weights));
  return constant.map((start, k) =>
    writeForest(
      binned.columns.map((column, c) => {
        const always = c === 0 ? start - empty[k] : 0;
        const own = steps[c].filter((_, i) => i % constant.length === k);
        const leaves = Array.from(own, (step, bin) =>
          leaf(always - step, bin < column.size ? covers[c][bin] : 0),
        );
        const missing = leaf(always, covers[c][column.size]);
        return split(column.feature, given, binNode(column, leaves), missing);
      }),
    ),
  );
}

/** The weight of the rows in each bin, and last of those without a value. */
function coversOf({ bins, size }: Bins, rows: Int32Array, weights?: Float64Array): Float64Array {
  const covers = new Float64Array(size + 1);
  for (const row of rows) covers[bins[row]] += weights ? weights[row] : 1;
  return covers;
}

/** In which bin a value is, or which category it is. @param leaves one for each bin, and the last for a category that is not listed */
const binNode = ({ kind, feature, lowest, highest }: Bins, leaves: readonly WrittenNode[]) =>
  kind === 'numeric'
    ? stepNode(
        feature,
        lowest.subarray(1).map((low, i) => (highest[i] + low) / 2),
        leaves,
      )
    : leaves.reduceRight((others, own, k) => split(feature + k, 0.5, others, own));
