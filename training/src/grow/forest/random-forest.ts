import type { Forest } from '@hearth/artifact';
import { orderTrees } from '../join-forests.ts';
import { assertTrainable, type TrainingRows } from '../training-rows.ts';
import { createForestGrower, growTrees, prepareForest } from './forest-grower.ts';
import { growInThreads, type ThreadOptions } from './forest-threads.ts';
import { type ForestOptions, type GrownTrees, type OutOfBagSums, outOfBagMeans } from './grower.ts';

export interface GrownForest {
  /** The answer is the sum of the leaves divided by the number of trees. */
  forest: Forest;
  /** Of several classes, what each leaf adds to each; the leaf's `value` is its row; [leaves × classes]. */
  leafValues?: Float64Array;
  /** Mean answer of the trees that did not draw the row, NaN if all did; [training rows × outputs]. Empty unless the options ask for it. */
  outOfBag: Float64Array;
}

/**
 * Grows a random forest of regression trees (Breiman 2001); for a target of 0 and 1, this is a probability forest (Malley et al. 2012).
 * The same rows, options and seed give the same bytes on any number of threads. Small forests are grown on the calling thread.
 * @throws the signal's reason when it is aborted, after all threads have ended
 */
export async function growForest(
  training: TrainingRows,
  options: ForestOptions,
  threads: ThreadOptions = {},
): Promise<GrownForest> {
  assertTrainable(training);
  const { grown, outOfBag } = await growInThreads(prepareForest(training, options), threads);
  return finish(grown, outOfBag);
}

/** `growForest` on the calling thread only, without giving way to the event loop. */
export function growForestSync(training: TrainingRows, options: ForestOptions): GrownForest {
  assertTrainable(training);
  const grower = createForestGrower(prepareForest(training, options));
  const grown = [...growTrees(grower, options.trees, new Int32Array(2))].filter(
    (trees) => trees !== undefined,
  );
  return finish(grown, grower.outOfBag);
}

function finish(grown: GrownTrees[], sums: OutOfBagSums): GrownForest {
  const { leafValues, ...forest } = orderTrees(grown);
  return { forest, ...(leafValues && { leafValues }), outOfBag: outOfBagMeans(sums) };
}
