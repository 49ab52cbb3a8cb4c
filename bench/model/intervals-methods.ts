import { type Forest, sumLeaves } from '@hearth/artifact';
import {
  fitAdditiveScore,
  fitAdditiveSpread,
  type NumberTable,
  type SummedForest,
  tuneAdditive,
  unmoderated,
} from '@hearth/training';

/** 90 % intervals of the probability; [rows]. */
export interface Intervals {
  low: Float64Array;
  high: Float64Array;
}

/** Intervals of fresh rows of which only the columns `known` are given. */
export type IntervalMethod = (known: readonly number[]) => Intervals;

/** The intervals of the model that the pipeline trains on the table, for the rows `fresh`. */
export function additiveIntervals(
  table: NumberTable,
  fresh: readonly Float64Array[],
  seed: number,
): IntervalMethod {
  const rows = Int32Array.from(table.x.keys());
  const penalties = tuneAdditive(table, rows, seed);
  const score = fitAdditiveScore(table, rows, penalties, seed);
  const spread = fitAdditiveSpread(table, rows, penalties, seed);
  return (known) => {
    const given = fresh.map((x) => encode(score.features, x, known));
    return chanceIntervals(
      Float64Array.from(given, (x) => answer(score, x)),
      Float64Array.from(given, (x) => Math.exp(answer(spread, x))),
    );
  };
}

/** Intervals of probabilities whose log-odds have the spread `s`; the expected probability has the log-odds `score`. */
export function chanceIntervals(score: Float64Array, s: Float64Array): Intervals {
  const chance = (i: number, side: number) =>
    1 / (1 + Math.exp(-unmoderated(score[i], s[i] * s[i]) - side * 1.6448536 * s[i]));
  return { low: score.map((_, i) => chance(i, -1)), high: score.map((_, i) => chance(i, 1)) };
}

const encode = (features: SummedForest['features'], x: Float64Array, known: readonly number[]) =>
  Float64Array.from(features, ({ column, equals }) => {
    if (!known.includes(column)) return Number.NaN;
    return equals === undefined ? x[column] : Number(x[column] === equals);
  });

const answer = (
  { forest, answer: { base, divisor } }: { forest: Forest; answer: SummedForest['answer'] },
  x: Float64Array,
): number => (base + sumLeaves(forest, x)) / divisor;
