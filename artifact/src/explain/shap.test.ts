import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyTree, coverOf, flatten, type Tree } from '../../testing/random-forest.ts';
import { tinyForest } from '../../testing/tiny-model.ts';
import { sumLeaves } from '../forest/forest.ts';
import { createExplainer, globalImportance } from './shap.ts';

/** Six features of four players, two of which have two features. */
const playerOf = [0, 1, 1, 2, 3, 3];
const players = 4;

const leaf = fc.record({
  value: fc.double({ min: -5, max: 5, noNaN: true }),
  cover: fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 50 }) },
  ),
});

const tree = anyTree({
  features: playerOf.length,
  threshold: fc.integer({ min: -2, max: 2 }),
  leaf,
  maxDepth: 7,
});

const row = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN)), { minLength: 6, maxLength: 6 })
  .map((values) => Float64Array.from(values));

/** The expected sum when only the players of a set (bits) are known: the definition of the path-dependent game. */
function expectation(node: Tree, x: Float64Array, known: number): number {
  if ('value' in node) return node.value;
  const missing = Number.isNaN(x[node.feature]);
  const isLeft = missing ? node.missingLeft : x[node.feature] < node.threshold;
  if ((known >> playerOf[node.feature]) & 1) return expectation(isLeft ? node.left : node.right, x, known);
  const cover = coverOf(node);
  const share = cover > 0 ? coverOf(node.left) / cover : Number(node.missingLeft);
  return share * expectation(node.left, x, known) + (1 - share) * expectation(node.right, x, known);
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** Shapley values by definition, over all subsets. */
function shapley(trees: readonly Tree[], x: Float64Array): number[] {
  const worth = (known: number) => trees.reduce((sum, each) => sum + expectation(each, x, known), 0);
  return Array.from({ length: players }, (_, player) => {
    let value = 0;
    for (let set = 0; set < 2 ** players; set++) {
      if ((set >> player) & 1) continue;
      const size = set.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(players - size - 1)) / factorial(players);
      value += weight * (worth(set | (1 << player)) - worth(set));
    }
    return value;
  });
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

test('contributions equal Shapley values by definition, with missing values and repeated columns on a path', () => {
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 3 }), row, (trees, x) => {
      const explainer = createExplainer(flatten(trees), playerOf);
      const contributions = new Float64Array(players);
      explainer.contributions(x, contributions);
      const expected = shapley(trees, x);
      return (
        close(
          explainer.expected,
          trees.reduce((sum, each) => sum + expectation(each, x, 0), 0),
        ) && contributions.every((value, player) => close(value, expected[player]))
      );
    }),
    { numRuns: 1000 },
  );
});

test('the expected sum and all contributions add up to the sum of the leaves', () => {
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 20 }), row, (trees, x) => {
      const forest = flatten(trees);
      const explainer = createExplainer(forest, playerOf);
      const contributions = new Float64Array(players);
      explainer.contributions(x, contributions);
      const sum = contributions.reduce((a, b) => a + b, explainer.expected);
      return Math.abs(sum - sumLeaves(forest, x)) < 1e-9;
    }),
    { numRuns: 1000 },
  );
});

const stump: Tree = {
  feature: 0,
  threshold: 0,
  missingLeft: true,
  left: { value: 1, cover: 30 },
  right: { value: 5, cover: 10 },
};

test('the column of a stump gets the difference between answer and mean', () => {
  const explainer = createExplainer(flatten([stump]), playerOf);
  const contributions = new Float64Array(players);
  explainer.contributions(Float64Array.of(1, 0, 0, 0, 0, 0), contributions);
  expect(explainer.expected).toBe(2);
  expect(Array.from(contributions)).toEqual([3, 0, 0, 0]);
});

test('contributions of a forest without splits are 0', () => {
  const explainer = createExplainer(flatten([{ value: 4, cover: 0 }]), playerOf);
  const contributions = new Float64Array(players).fill(9);
  explainer.contributions(new Float64Array(6), contributions);
  expect(explainer.expected).toBe(4);
  expect(Array.from(contributions)).toEqual([0, 0, 0, 0]);
});

test('importance is the mean absolute contribution over rows', () => {
  const rows = [-1, 1].map((value) => Float64Array.of(value, 0, 0, 0, 0, 0));
  const importance = globalImportance(createExplainer(flatten([stump]), playerOf), rows, players);
  expect(Array.from(importance)).toEqual([2, 0, 0, 0]);
});

test('covers that do not add up give finite contributions that add up', () => {
  const forest = tinyForest();
  // a bit of the cover of a root is flipped: its children have more than all finite numbers can say
  forest.cover.set([6.7e-308, 4, 6]);
  const explainer = createExplainer(forest, [0, 1]);
  const values = new Float64Array(2);
  explainer.contributions(Float64Array.of(40, 1), values);
  expect(explainer.expected).toBeCloseTo(0.4 * 0.2 + 0.6 * 0.6 + 0.6, 12);
  expect(explainer.expected + values[0] + values[1]).toBeCloseTo(0.2 + 0.8, 12);
});
