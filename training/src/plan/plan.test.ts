import { expect, test } from 'vitest';
import { type TableSize, usefulThreads } from './cost.ts';
import { planNotes } from './describe.ts';
import { budgetOf, choosePlan, type Wish } from './plan.ts';

const heart: TableSize = { rows: 303, columns: 13, features: 21, bins: 400, outputs: 1 };
const middle: TableSize = { rows: 10_000, columns: 20, features: 20, bins: 2000, outputs: 1 };
const large: TableSize = { rows: 1_000_000, columns: 20, features: 20, bins: 2000, outputs: 1 };
const wish = (budget: number, more: Partial<Wish> = {}): Wish => ({
  budget,
  learners: ['forest', 'boosted', 'additive'],
  stages: [1, 20],
  ...more,
});

test('a table such as heart is trained whole by default', () => {
  const plan = choosePlan(heart, wish(budgetOf('normal', heart), { stages: [1, 4, 8, 10, 13] }));
  expect(plan).toMatchObject({ folds: 10, repeats: 2, leftOut: [] });
  expect(plan.seconds).toBeLessThanOrEqual(60);
});

test('a plan stays within its budget, and a larger budget never leaves out more', () => {
  for (const size of [heart, middle, large]) {
    let before = Infinity;
    for (const budget of [10, 20, 60, 200, 600, 2000, 1e6]) {
      const { seconds, leftOut } = choosePlan(size, wish(budget));
      const smallest = choosePlan(size, wish(0));
      expect(seconds).toBeLessThanOrEqual(Math.max(budget, smallest.seconds));
      expect(leftOut.length).toBeLessThanOrEqual(before);
      before = leftOut.length;
    }
    expect(before).toBe(0);
  }
});

test('the most useful learner may take somewhat longer than an effort, but not than a budget', () => {
  const learners = ['gbdt', 'logistic'];
  expect(choosePlan(middle, wish(20, { learners, mayExceed: true })).candidates[0]).toBe('gbdt');
  expect(choosePlan(middle, wish(20, { learners })).candidates[0]).toBe('logistic');
});

test('the smallest plan has one learner in three folds: the most useful that fits, else the cheapest', () => {
  const { candidates, folds, repeats } = choosePlan(middle, wish(0));
  expect({ candidates: candidates.length, folds, repeats }).toEqual({ candidates: 1, folds: 3, repeats: 1 });
  expect(choosePlan(middle, wish(25, { learners: ['boosted', 'gbdt'] })).candidates).toEqual(['gbdt']);
});

test('a blend costs the training of its members one after the other, and is left out where it does not fit', () => {
  const learners = ['gbdt', 'boosted', 'additive'];
  const plan = (budget: number, blended?: string[]) =>
    choosePlan(middle, wish(budget, { learners, blended }));
  const [without, blended] = [plan(1e6), plan(1e6, learners)];
  expect(blended.seconds).toBeGreaterThan(without.seconds);
  expect(blended.leftOut).toEqual([]);
  expect(plan(0, learners).leftOut).toContain('blend');
  // with its weights and its learning curve, if the time is a limit
  const about = choosePlan(middle, wish(1e6, { learners, blended: learners, mayExceed: true }));
  expect(blended.seconds).toBeGreaterThan(1.05 * about.seconds);
});

test('gradient boosting is slower, and better, where there is time for that before more folds', () => {
  const plan = (budget: number, learners = ['gbdt', 'boosted']) =>
    choosePlan(middle, wish(budget, { learners }));
  const [short, long] = [plan(60), plan(1e6)];
  expect([short.slowBoosting, long.slowBoosting]).toEqual([false, true]);
  expect(short.leftOut).toContain('slow-boosting');
  expect(planNotes(middle, long)[0]).toContain('gbdt with slower boosting');
  const whole = wish(1e6, { learners: ['gbdt', 'boosted'], without: ['slow-boosting'] });
  expect(choosePlan(middle, whole)).toMatchObject({ slowBoosting: false, leftOut: [] });
  expect(long.seconds).toBeGreaterThan(2 * choosePlan(middle, whole).seconds);
  expect(plan(1e6, ['boosted']).slowBoosting).toBe(false);
});

test('folds and repeats that are given are kept', () => {
  const { folds, repeats, leftOut } = choosePlan(large, wish(0, { folds: 7, repeats: 3 }));
  expect({ folds, repeats }).toEqual({ folds: 7, repeats: 3 });
  expect(leftOut).not.toContain('five-folds');
});

test('an effort has more time on a larger table', () => {
  const efforts = (['quick', 'normal', 'thorough'] as const).map((effort) =>
    [heart, middle, large].map((size) => budgetOf(effort, size)),
  );
  expect(efforts).toEqual([
    [20, 20, 126],
    [60, 60, 379],
    [600, 600, 3786],
  ]);
});

test('what is left out is named with the option that includes it', () => {
  const notes = (size: TableSize, budget: number) => planNotes(size, choosePlan(size, wish(budget)));
  expect(notes(heart, 3600)).toHaveLength(1);
  expect(notes(middle, 60).at(-1)).toMatch(
    /^Left out, to stay within 60 s: .*additive.*\. All of it: --(effort thorough|budget \d+s); .*--engine additive/,
  );
  expect(notes(large, 10).at(-1)).toMatch(/--budget \d+s/);
});

test('trees share threads where that is faster: rows of one output from 300,000 on, classes from 180,000 answers on', () => {
  const threads = (rows: number, outputs: number) => usefulThreads({ rows, outputs });
  expect([1, 100_000, 299_999, 300_000, 1_000_000].map((rows) => threads(rows, 1))).toEqual([1, 1, 1, 2, 6]);
  expect([1, 59_999, 60_000, 1_000_000].map((rows) => threads(rows, 3))).toEqual([1, 1, 2, 3]);
  expect(usefulThreads({ rows: 1_000_000, outputs: 1, hasQuantiles: true })).toBe(1);
});
