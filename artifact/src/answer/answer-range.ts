import { ArtifactError } from '../errors.ts';
import type { Forest, Trees } from '../forest/forest.ts';
import type { AnswerFormula, Formula } from './formula.ts';
import { linked } from './link.ts';
import { targetKind } from './targets.ts';

type Additive = Pick<AnswerFormula, 'base' | 'divisor'>;

/**
 * Bounds every answer that sound trees can give, by the least and the greatest leaf of each tree. Rounding keeps order, so that no
 * sum in the same order of trees lies outside.
 * @throws ArtifactError 'range' unless the bounds are finite and, for a chance, within 0 to 1.
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
    throw new ArtifactError('range', 'the leaves add up to more than a number can hold');
  }
  const { minimum, maximum } = targetKind(target);
  if (low < minimum || high > maximum) {
    throw new ArtifactError('range', `the leaves allow answers from ${low} to ${high}, which are no chances`);
  }
  if (interval && spread) assertSpread(interval, spread);
}

/** The variance has to be finite: the interval around a chance of one half multiplies its log-odds, 0, by it. */
function assertSpread({ base, divisor }: Additive, spread: Forest): void {
  for (const sum of sumRange(spread)) {
    const s = Math.exp((base + sum) / divisor);
    if (!Number.isFinite(s * s)) {
      throw new ArtifactError('range', 'the leaves of the spread allow an endless interval');
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
