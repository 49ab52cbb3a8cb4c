import { beforeAll, expect, test } from 'vitest';
import { numberField, useToys } from '../../testing/made-up-package.ts';
import { readPackage } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import { createDesign, type Design } from '../design.ts';
import { singleThreadPool } from '../evaluation/fold-threads.ts';
import { splitAll } from '../evaluation/out-of-fold.ts';
import { createModelLearner, type ModelRecipe } from '../learners/index.ts';
import { createRandom } from '../random.ts';
import { judgeBlend } from './blend.ts';
import { choose } from './choice.ts';
import { createEnding, createLeftOut } from './ending.ts';
import type { Judged, Judging } from './judging.ts';

const writeToy = useToys();
const protocol = { folds: 4, repeats: 2, seed: 7 };
const random = createRandom(2);
const noise = (scale: number) => Float64Array.from({ length: 80 }, () => scale * (random.uniform() - 0.5));
let design: Design;
let judging: Judging;

beforeAll(async () => {
  const lines = Array.from({ length: 80 }, (_, row) => `${row % 11},${row % 10}`);
  const target = { type: 'number', minimum: 0, maximum: 10 };
  design = createDesign(
    await readTable(await readPackage(await writeToy({ fields: [numberField('x')], target, lines }))),
  );
  judging = {
    pool: singleThreadPool(design),
    design,
    protocol,
    progress: { start: () => () => {} },
    ending: createEnding(),
    leftOut: createLeftOut({ leftOut: [] }, createEnding()),
  };
});

/** A candidate whose out-of-fold predictions miss the targets by these errors, with all cells and with half of them. */
function candidate(learner: 'additive' | 'boosted', error: Float64Array, masked = error): Judged {
  const recipe: ModelRecipe = { learner };
  const missing = (by: Float64Array) => by.map((each, row) => design.target[row] + each);
  return {
    recipe,
    candidate: createModelLearner(recipe, design),
    outOfFold: {
      whole: [missing(error), missing(error)],
      staged: [[missing(error), missing(error)]],
      masked: [missing(masked)],
    },
  };
}

test('two candidates with independent errors are blended, at every stage and mask', () => {
  const blend = judgeBlend([candidate('additive', noise(1)), candidate('boosted', noise(1))], judging);
  const { 'additive.weight': a, 'boosted.weight': b } = (blend?.recipe.options ?? {}) as Record<
    string,
    number
  >;
  expect(a + b).toBeCloseTo(1, 12);
  expect(Math.min(a, b)).toBeGreaterThan(0.25);
  const { whole = [], staged = [], masked = [] } = blend?.outOfFold ?? {};
  expect([whole.length, staged[0].length, masked.length]).toEqual([2, 2, 1]);
  for (const answers of [...whole, ...staged[0], ...masked]) {
    expect(answers.every((answer, row) => Math.abs(answer - design.target[row]) < 0.5)).toBe(true);
  }
});

test('the blended answers to the rows of a fold do not depend on their targets', () => {
  const candidates = [candidate('additive', noise(1)), candidate('boosted', noise(1.5))];
  const [[{ test: held }]] = splitAll(design, protocol);
  const target = Float64Array.from(design.target).map((y, row) => (held.includes(row) ? 10 - y : y));
  const answers = (of: Design) => {
    const blend = judgeBlend(candidates, { ...judging, design: of });
    return Array.from(held, (row) => blend?.outOfFold.whole[0][row]);
  };
  expect(answers({ ...design, target })).toEqual(answers(design));
});

test('in the order of time, rows are blended with weights of earlier rows, the first of them equally', () => {
  const ordered = { ...design, sampling: { times: Float64Array.from(design.x.keys()) } };
  const [splits] = splitAll(ordered, protocol);
  const first = splits[0].test;
  const candidates = [candidate('additive', noise(1)), candidate('boosted', noise(3))];
  for (const { outOfFold } of candidates) {
    for (const answers of [...outOfFold.whole, ...outOfFold.staged[0], ...outOfFold.masked])
      answers.fill(Number.NaN, 0, first[0]);
  }
  const [answers] = judgeBlend(candidates, { ...judging, design: ordered })?.outOfFold.whole ?? [];
  expect(answers.subarray(0, first[0]).every(Number.isNaN)).toBe(true);
  const [a, b] = candidates.map(({ outOfFold }) => outOfFold.whole[0]);
  for (const row of first) expect(answers[row]).toBeCloseTo((a[row] + b[row]) / 2, 12);
  expect(answers.subarray(first[0]).every(Number.isFinite)).toBe(true);
});

test('there is no blend of one candidate, and none where one has all the weight', () => {
  const good = candidate('additive', noise(0.001));
  expect(judgeBlend([good], judging)).toBeUndefined();
  expect(judgeBlend([good, candidate('boosted', noise(50))], judging)).toBeUndefined();
});

test('a blend must be better by a hundredth of the loss', () => {
  const error = noise(1);
  const best = candidate('additive', error);
  const scaled = (factor: number) =>
    candidate(
      'boosted',
      error.map((each) => factor * each),
    );
  const [little, clearly] = [scaled(0.999), scaled(0.98)];
  expect(choose(design, [best], little)).toBe(best);
  expect(choose(design, [best], clearly)).toBe(clearly);
});

test('a candidate that fails with missing cells is not chosen for a little more precision without', () => {
  const steady = candidate('additive', noise(1));
  const brittle = candidate('boosted', noise(0.9), noise(4));
  expect(choose(design, [brittle, steady])).toBe(steady);
});
