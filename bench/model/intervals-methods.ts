import { type Forest, nearestShare, shortestInterval, sumLeaves } from '@hearth/artifact';
import {
  fitAdditiveScore,
  fitAdditiveSpread,
  missingShares,
  type NumberTable,
  type SummedForest,
  tuneAdditive,
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
  const every = Array.from(table.columns.keys());
  const spreadAt = (x: Float64Array, known: readonly number[]) =>
    Math.exp(answer(spread, encode(score.features, x, known)));
  const missing = missingShares({
    rows,
    always: new Uint8Array(every.length),
    spreadOf: (row, kept) => spreadAt(table.x[row], kept ? every.filter((j) => kept[j] === 1) : every),
    given: {
      used: every.length,
      count: (_, kept) => kept?.reduce((sum, each) => sum + each, 0) ?? every.length,
    },
  });
  const shares = missing.map(({ given }) => given);
  return (known) => {
    const { share } = missing[nearestShare(shares, known.length, every.length)];
    return ends(
      Float64Array.from(fresh, (x) => answer(score, encode(score.features, x, known))),
      Float64Array.from(fresh, (x) => spreadAt(x, known)),
      share,
    );
  };
}

/** Intervals of probabilities whose log-odds have the spread `s`, of which the share `missing` is of unknown columns; the answer has the log-odds `score`. */
export function ends(score: Float64Array, s: Float64Array, missing: number): Intervals {
  const both = Array.from(score, (each, i) => shortestInterval(each, s[i], missing));
  return {
    low: Float64Array.from(both, ({ low }) => low),
    high: Float64Array.from(both, ({ high }) => high),
  };
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
