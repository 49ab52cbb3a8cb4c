import type { Column } from '../columns/columns.ts';
import { featureRange } from '../columns/derive.ts';
import { ArtifactError } from '../errors.ts';
import { type Forest, forestOf, type Trees } from '../forest/forest.ts';
import type { Formula } from './formula.ts';
import { answerTo, links, ofOutput, recalibrated } from './link.ts';
import { type OutcomeFormula, outcomeInterval } from './outcome.ts';
import { roundingOf } from './scores.ts';
import { outputsOf, targetKind } from './targets.ts';

type Range = [low: number, high: number];

/**
 * Bounds every answer of sound trees by the smallest and the largest leaf of each tree, and by the smallest and the largest value of
 * each feature of a linear term. Rounding is monotone, so no sum in the same order lies outside these bounds.
 * @throws ArtifactError 'range' unless the bounds are finite and within the range of the target
 */
export function assertAnswers(formula: Formula & { columns: readonly Column[] }, trees: Trees): void {
  const { answer, interval, target } = formula;
  const outputs = outputsOf(target);
  const { field, minimum, maximum } = targetKind(target);
  const scores = Array.from({ length: outputs }, (_, k) => scoreRange(formula, trees, k, outputs));
  // a contribution is a difference of two scores, and base and contributions are added up
  if (!scores.flat().every((score) => Number.isFinite(4 * score)))
    throw new ArtifactError('range', notFinite(trees));
  if (answer.link === 'share' && scores.some(([low]) => low < 0)) {
    throw new ArtifactError('range', 'the shares of the classes can be negative');
  }
  for (const range of ownRanges(formula, scores)) {
    const [low, high] = [Math.min(...range), Math.max(...range)];
    if (!Number.isFinite(low) || !Number.isFinite(high)) {
      throw new ArtifactError('range', notFinite(trees));
    }
    if (low < minimum || high > maximum) {
      throw new ArtifactError(
        'range',
        `answers can be from ${low} to ${high}; a ${field} is from ${minimum} to ${maximum}`,
      );
    }
  }
  if (interval && trees.spread) assertSpread(formula, trees.spread, scores[0]);
}

const notFinite = ({ linear }: Trees): string =>
  linear
    ? 'an answer is not finite everywhere within the limits of the columns; columns of linear terms need narrower ones'
    : 'a sum of leaves is not finite';

/** The range of each answer that is made of its own score: shares of several are within 0 and 1. */
function ownRanges({ answer }: Formula, scores: readonly Range[]): Range[] {
  const { link, recalibration } = answer;
  if (link === 'softmax' || link === 'share') return [];
  const r = roundingOf(answer);
  return scores.map(([low, high]) => {
    const ends = Float64Array.of(low, high);
    links[link].scores(ends, r);
    const [first, last] = recalibration ? ends.map((end) => recalibrated(recalibration, end)) : ends;
    return [first, last];
  });
}

function scoreRange(
  { answer, columns, features }: Formula & { columns: readonly Column[] },
  trees: Trees,
  k: number,
  outputs: number,
): Range {
  const r = roundingOf(answer);
  const base = ofOutput(answer.base, k, 0);
  let [low, high] = sumRange(forestOf(trees, k, outputs), answer.baseFirst ? base : 0, r);
  for (const [j, feature] of trees.linear ? features.entries() : []) {
    const coefficient = trees.linear?.coefficient[j * outputs + k] ?? 0;
    const missing = trees.linear?.missing[j * outputs + k] ?? 0;
    if (coefficient === 0 && missing === 0) continue;
    const column = columns.find(({ name }) => name === feature.column);
    const terms = [
      ...(column ? featureRange(feature, column) : []).map((end) => r(coefficient * end)),
      missing,
    ];
    low = r(low + Math.min(...terms));
    high = r(high + Math.max(...terms));
  }
  const [first, last] = [low, high].map((sum) => {
    const whole = answer.baseFirst ? sum : r(sum + base);
    return r(
      r(r(whole / ofOutput(answer.divisor, k, 1)) * ofOutput(answer.scale, k, 1)) +
        ofOutput(answer.offset, k, 0),
    );
  });
  return first <= last ? [first, last] : [last, first];
}

/** The variance must be finite too: the interval multiplies it by the log-odds, and infinity times 0 is NaN. */
function assertSpread({ interval, answer, target }: Formula, spread: Forest, scores: Range): void {
  const { base = 0, divisor = 1, outcome } = interval ?? {};
  const [, score] = scores;
  for (const sum of sumRange(spread, 0, (x) => x)) {
    const s = Math.exp((base + sum) / divisor);
    const around = targetKind(target).interval?.(0, s, answer.link === 'identity' ? undefined : score);
    if (!Number.isFinite(s * s) || !Number.isFinite(around?.high)) {
      throw new ArtifactError('range', 'the leaves of the spread allow an infinite interval');
    }
    if (outcome && !isFiniteOutcome(outcome, s, scores.map(answerTo(answer)))) {
      throw new ArtifactError('range', 'the quantiles of the outcome allow an infinite interval');
    }
  }
}

function isFiniteOutcome(outcome: OutcomeFormula, s: number, answers: readonly number[]): boolean {
  return outcome.quantiles.every((quantiles) => {
    const around = outcomeInterval({ ...outcome, quantiles: [quantiles] }, 1);
    return answers.every((answer) => Object.values(around(answer, s, 1)).every(Number.isFinite));
  });
}

function sumRange({ roots, feature, value }: Forest, start: number, r: (x: number) => number): Range {
  let low = start;
  let high = start;
  for (let tree = 0; tree < roots.length; tree++) {
    const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    let least = Infinity;
    let greatest = -Infinity;
    for (let node = roots[tree]; node < end; node++) {
      if (feature[node] >= 0) continue;
      least = Math.min(least, value[node]);
      greatest = Math.max(greatest, value[node]);
    }
    low = r(low + least);
    high = r(high + greatest);
  }
  return [low, high];
}
