import type { Contender, Known } from '../contenders/contender.ts';
import type { Design } from '../design.ts';
import { splitFold, stratifiedFolds } from './folds.ts';

export interface Protocol {
  folds: number;
  repeats: number;
  seed: number;
}

/** Predictions of rows by models that have not seen them. */
export interface OutOfFold {
  /** With all columns; [repeats][rows], NaN where a row was not predicted. */
  whole: Float64Array[];
  /** With the columns of a stage of knowledge; [stages][repeats][rows]. */
  staged: Float64Array[][];
}

/** Which fold each row is in, [repeats][rows]; folds have equal shares of the classes. */
export const dealFolds = ({ loss, target }: Design, { folds, repeats, seed }: Protocol): Uint8Array[] => {
  const labels = Uint8Array.from(target, (y) => (loss === 'logistic' ? y : 0));
  return Array.from({ length: repeats }, (_, repeat) => stratifiedFolds(labels, folds, seed + repeat));
};

/**
 * Repeated stratified k-fold cross-validation. The contender chooses its settings within the rows it learns from, so the folds around
 * it are the outer ones of a nested cross-validation.
 * @param most folds of the first repeat after which it ends, for contenders too slow for all
 */
export function predictOutOfFold(
  contender: Contender,
  design: Design,
  protocol: Protocol,
  {
    stages = [],
    most = Infinity,
    onFold = () => {},
  }: { stages?: readonly Known[]; most?: number; onFold?: () => void } = {},
): OutOfFold {
  const rows = design.x.length;
  const empty = () => dealt.map(() => new Float64Array(rows).fill(Number.NaN));
  const dealt = dealFolds(design, protocol);
  const result: OutOfFold = { whole: empty(), staged: stages.map(empty) };
  for (const [repeat, fold] of dealt.entries()) {
    for (let held = 0; held < protocol.folds && repeat * protocol.folds + held < most; held++) {
      const { train, test } = splitFold(fold, held);
      const learned = contender.learn(train, protocol.seed + repeat * protocol.folds + held);
      for (const row of test) {
        result.whole[repeat][row] = learned.predict(row);
        for (const [stage, known] of stages.entries())
          result.staged[stage][repeat][row] = learned.predict(row, known);
      }
      onFold();
    }
  }
  return result;
}
