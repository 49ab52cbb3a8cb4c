import * as v from 'valibot';
import { count } from '../columns/columns.ts';
import { Texts } from '../columns/texts.ts';

const Threshold = v.pipe(v.number(), v.gtValue(0), v.ltValue(1));
const cost = v.pipe(v.number(), v.finite(), v.gtValue(0));

/** What is decided by a probability. */
export const Decision = v.strictObject({
  /** From here on a probability is called positive. */
  threshold: Threshold,
  /** What is done then. */
  label: v.optional(Texts),
  /** What a wrong decision costs, in any unit; the threshold follows from their ratio. */
  costs: v.optional(v.strictObject({ falsePositive: cost, falseNegative: cost })),
});
export type Decision = v.InferOutput<typeof Decision>;

/** The threshold at which both wrong decisions cost the same on average (Pauker & Kassirer 1975, NEJM 293:229). */
export const thresholdOf = ({ falsePositive, falseNegative }: NonNullable<Decision['costs']>): number =>
  falsePositive / (falsePositive + falseNegative);

/** How many rows each threshold calls positive, rightly and wrongly; all figures of a decision follow from it. */
export const ThresholdCounts = v.strictObject({
  rows: count,
  /** Rows with the outcome. */
  positives: count,
  /** Ascending; [thresholds]. */
  at: v.array(Threshold),
  /** Rows with the outcome, and without it, whose probability is at least the threshold; [thresholds]. */
  truePositives: v.array(count),
  falsePositives: v.array(count),
});
export type ThresholdCounts = v.InferOutput<typeof ThresholdCounts>;

/** Counts rows at 0.01, 0.02 … 0.99, and at a threshold that was declared. */
export function countAtThresholds(
  target: ArrayLike<number>,
  probability: ArrayLike<number>,
  declared?: number,
): ThresholdCounts {
  const hundredths = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  const at = [...new Set([...hundredths, ...(declared === undefined ? [] : [declared])])].sort(
    (a, b) => a - b,
  );
  const above = [0, 1].map(() => new Array<number>(at.length + 1).fill(0));
  let positives = 0;
  for (let i = 0; i < target.length; i++) {
    positives += target[i];
    above[target[i]][passed(at, probability[i])]++;
  }
  const [falsePositives, truePositives] = above.map((counts) => {
    for (let i = at.length - 1; i > 0; i--) counts[i] += counts[i + 1];
    return counts.slice(1);
  });
  return { rows: target.length, positives, at, truePositives, falsePositives };
}

/** How many of the ascending thresholds a probability is at least as high as. */
function passed(at: readonly number[], probability: number): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (probability >= at[middle]) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Why the counts cannot be true; undefined if they can. */
export function countsFault({
  rows,
  positives,
  at,
  truePositives,
  falsePositives,
}: ThresholdCounts): string | undefined {
  if (truePositives.length !== at.length || falsePositives.length !== at.length)
    return `has ${at.length} thresholds, but counts for ${truePositives.length} and ${falsePositives.length}`;
  if (at.some((threshold, i) => i > 0 && threshold <= at[i - 1])) return 'has thresholds that do not ascend';
  for (const [counts, most] of [
    [truePositives, positives],
    [falsePositives, rows - positives],
  ] as const) {
    if (counts.some((each, i) => each > (counts[i - 1] ?? most)))
      return 'counts more rows at a threshold than at a lower one';
  }
  return undefined;
}
