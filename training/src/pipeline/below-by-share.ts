import type { ValueEvaluation } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { OutOfFold, Protocol } from '../evaluation/out-of-fold.ts';
import { predictionsByShare } from './by-share.ts';
import { shares } from './masks.ts';

/** A share of given columns with fewer predictions is left out. */
const fewest = 20;

/** How many outcomes are at most each quantile, by the share of given columns, from the most to the fewest. */
export function belowByShare(
  design: Design,
  outOfFold: OutOfFold,
  protocol: Protocol,
  levels: readonly number[],
): ValueEvaluation['quantiles'] {
  const groups = predictionsByShare(design, outOfFold, protocol);
  return shares.flatMap((given, i) => {
    const group = groups[i];
    if (group.length < fewest) return [];
    const total = group.reduce((sum, { weight }) => sum + weight, 0);
    const rows = group.length;
    // weights as shares of the rows
    const below = levels.map((_, k) =>
      group.reduce(
        (sum, { row, prediction, at, weight }) =>
          sum + (design.target[row] <= prediction[at + k] ? (weight * rows) / total : 0),
        0,
      ),
    );
    return [{ given, rows, below }];
  });
}
