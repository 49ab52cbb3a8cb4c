import { ArtifactError } from '../errors.ts';
import type { Forest, Trees } from '../forest/forest.ts';
import type { AnswerFormula, Formula } from './formula.ts';
import { linked } from './link.ts';
import { targetKind } from './targets.ts';

type Additive = Pick<AnswerFormula, 'base' | 'divisor'>;

/**
 * Bounds every answer of sound trees by the smallest and the largest leaf of each tree. Rounding is monotone, so no sum in tree
 * order lies outside these bounds.
 * @throws ArtifactError 'range' unless the bounds are finite and within the range of the target
 */
export function assertAnswers(
  { answer, interval, target }: Omit<Formula, 'features'>,
  { forest, spread }: Trees,
): void {
  const sums = sumRange(forest);
  const scores = sums.map((sum) => (answer.base + sum) / answer.divisor);
  const answers = sums.map((sum) => linked(answer, sum));
  const [low, high] = answers[0] <= answers[1] ? answers : answers.toReversed();
  if (![...scores, low, high].every(Number.isFinite)) {
    throw new ArtifactError('range', 'a sum of leaves is not finite');
  }
  const { field, minimum, maximum } = targetKind(target);
  if (low < minimum || high > maximum) {
    throw new ArtifactError(
      'range',
      `answers can be from ${low} to ${high}; a ${field} is from ${minimum} to ${maximum}`,
    );
  }
  if (interval && spread) assertSpread(interval, spread);
}

/** The variance must be finite too: the interval multiplies it by the log-odds, and infinity times 0 is NaN. */
function assertSpread({ base, divisor }: Additive, spread: Forest): void {
  for (const sum of sumRange(spread)) {
    const s = Math.exp((base + sum) / divisor);
    if (!Number.isFinite(s * s)) {
      throw new ArtifactError('range', 'the leaves of the spread allow an infinite interval');
    }
  }
}

function sumRange({ roots, feature, value }: Forest): [number, number] {
  let low = 0;
  let high = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    let least = Infinity;
    let greatest = -Infinity;
    for (let node = roots[tree]; node < end; node++) {
      if (feature[node] >= 0) continue;
      least = Math.min(least, value[node]);
      greatest = Math.max(greatest, value[node]);
    }
    low += least;
    high += greatest;
  }
  return [low, high];
}
