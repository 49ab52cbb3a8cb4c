import { nearestShare, shortestInterval, sumLeaves } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { keptColumns } from '../evaluation/random-mask.ts';
import {
  fitAdditiveScore,
  fitAdditiveSpread,
  type SummedForest,
  simulateRows,
  simulateTable,
  type Truth,
  trueScore,
  truths,
  tuneAdditive,
} from '../learners/additive/index.ts';
import { createRandom } from '../random.ts';
import { missingShares } from './probability-interval.ts';

const keptShares = [1, 0.75, 0.5, 0.25];

/** Of each share of columns kept at random: how often the interval holds the true probability, and how often the answer is at an end. */
function judge(truth: Truth, rows: number, seed: number) {
  const table = simulateTable(truth, rows, seed);
  const every = Int32Array.from(table.x.keys());
  const penalties = tuneAdditive(table, every, seed);
  const score = fitAdditiveScore(table, every, penalties, seed);
  const spread = fitAdditiveSpread(table, every, penalties, seed);
  const always = new Uint8Array(table.columns.length);
  const all = always.map(() => 1);
  const read = ({ forest, answer: { base, divisor } }: SummedForest, x: Float64Array, kept: Uint8Array) => {
    const features = score.features.map(({ column, equals }) => {
      if (kept[column] === 0) return Number.NaN;
      return equals === undefined ? x[column] : Number(x[column] === equals);
    });
    return (base + sumLeaves(forest, Float64Array.from(features))) / divisor;
  };
  const count = (kept: Uint8Array) => kept.reduce((sum, each) => sum + each, 0);
  const missing = missingShares({
    rows: every,
    always,
    spreadOf: (row, kept = all) => Math.exp(read(spread, table.x[row], kept)),
    given: { used: always.length, count: (_, kept = all) => count(kept) },
  });
  const shares = missing.map(({ given }) => given);
  const fresh = simulateRows(2000, createRandom(seed + 500));
  return keptShares.map((share) => {
    let [covered, atEnd] = [0, 0];
    for (const [row, x] of fresh.entries()) {
      const kept = keptColumns({ share, always }, row);
      const m = read(score, x, kept);
      const s = Math.exp(read(spread, x, kept));
      const { low, high } = shortestInterval(
        m,
        s,
        missing[nearestShare(shares, count(kept), always.length)].share,
      );
      const [answer, chance] = [m, trueScore(truth, x)].map((each) => 1 / (1 + Math.exp(-each)));
      if (chance >= low && chance <= high) covered++;
      if (answer <= low || answer >= high) atEnd++;
    }
    return { covered: covered / fresh.length, atEnd: atEnd / fresh.length };
  });
}

/** The classes of this truth are nearly separated. */
const steep: Truth = {
  intercept: 2 * truths.additive.intercept,
  terms: truths.additive.terms.map((each) => ({ ...each, weight: 3 * each.weight })),
};

test.each([...Object.entries(truths), ['nearly separated', steep] as const])(
  '%s truth: the interval holds the true probability of 90 % of the rows at four shares of known columns, and no answer is at its end',
  { timeout: 900_000 },
  (_, truth) => {
    const tables = Array.from({ length: 6 }, (_, i) => judge(truth, 300, 300_000 + i));
    for (const [i, share] of keptShares.entries()) {
      const covered = tables.reduce((sum, each) => sum + each[i].covered, 0) / tables.length;
      console.log(`${100 * share} % of the columns: ${(100 * covered).toFixed(1)} %`);
      // all rows of a table share its fit, so that six tables tell the coverage to a few percent; with all columns the posterior of so
      // few rows is wide enough for rougher truths too, and holds more than the level of an additive one
      expect(covered).toBeGreaterThan(0.86);
      expect(covered).toBeLessThan(0.99);
      for (const each of tables) expect(each[i].atEnd).toBe(0);
    }
  },
);
