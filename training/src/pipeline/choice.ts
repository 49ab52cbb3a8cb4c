import type { Design } from '../design.ts';
import type { OutOfFold } from '../evaluation/out-of-fold.ts';
import { meanLoss } from './judge.ts';
import type { Judged } from './judging.ts';
import { maskedInChoice } from './masks.ts';

/** Some of the out-of-fold predictions of a candidate, and how much their loss counts in the choice. */
export interface View {
  /** [repeats][rows × outputs] */
  predictions: readonly Float64Array[];
  weight: number;
}

/**
 * What candidates are chosen by: predictions from all columns, which count half, and those with 75 and 50 % of the cells, so that a model that
 * fails with missing cells does not win by a little with all.
 */
export function viewsOf({ whole, masked }: OutOfFold): View[] {
  const incomplete = masked.slice(0, maskedInChoice);
  return [
    { predictions: whole, weight: 1 },
    ...incomplete.map((predictions) => ({ predictions: [predictions], weight: 1 / incomplete.length })),
  ];
}

/** The mean loss over the views of a candidate, by their weights. */
function choiceLoss(design: Design, outOfFold: OutOfFold): number {
  const views = viewsOf(outOfFold);
  const total = views.reduce((sum, { weight }) => sum + weight, 0);
  return views.reduce(
    (sum, { predictions, weight }) => sum + (weight / total) * meanLoss(design, predictions),
    0,
  );
}

/** The share of its loss by which a blend must be better than the best candidate: a simpler model is worth so much. */
const worthOfBlend = 0.01;

/** The candidate with the least loss; the blend, where it is clearly better. */
export function choose(design: Design, judged: readonly Judged[], blend?: Judged): Judged {
  const loss = ({ outOfFold }: Judged) => choiceLoss(design, outOfFold);
  const best = judged.reduce((a, b) => (loss(b) < loss(a) ? b : a));
  return blend && loss(blend) < (1 - worthOfBlend) * loss(best) ? blend : best;
}
