import { meanDifference } from '../evaluation/scores.ts';
import { type Pair, sampleOf } from './compare.ts';

/** The difference in net benefit at a threshold, with its 95 % interval; below 0, the challenger is worse. */
export interface DecisionComparison {
  threshold: number;
  rows: number;
  difference: number;
  low: number;
  high: number;
}

/** Compares the decisions of two versions at a threshold, row by row. */
export function compareDecisions(pairs: readonly Pair[], threshold: number): DecisionComparison {
  const odds = threshold / (1 - threshold);
  // what a row adds to the net benefit where it is called positive
  const benefit = (probability: number, target: number) =>
    probability < threshold ? 0 : target === 1 ? 1 : -odds;
  const { mean, low, high } = meanDifference(
    pairs.map(
      ({ target, challenger, other }) =>
        benefit(challenger.prediction, target) - benefit(other.prediction, target),
    ),
    sampleOf(pairs),
  );
  return { threshold, rows: pairs.length, difference: mean, low, high };
}
