import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, randomTrees } from '../../../testing/format2/random-trees.ts';
import { leafOf } from '../../forest/forest.ts';
import { createLeafAdder } from './leaf-adder.ts';

/** Trees whose leaves are numbered from left to right, and a number in each for each output. */
function made(seed: number, trees: number, outputs: number) {
  const random = createRandom(seed);
  let leaves = 0;
  const { missing_left: missingLeft, ...forest } = randomTrees(random, {
    trees,
    depth: 4,
    thresholds: [[0.2, 0.5, 0.7], [0.5]],
    leaf: () => leaves++,
  });
  const uniform = () => random.below(1 << 24) / (1 << 20) - 8;
  const values = Float64Array.from({ length: leaves * outputs }, uniform);
  return { forest: { ...forest, missingLeft }, values, uniform };
}

test('leaf values are added in the order of the trees: bit for bit the sums that one gets one by one', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 40 }),
      (seed, outputs, rows) => {
        const { forest, values, uniform } = made(seed, 16, outputs);
        const adder = createLeafAdder(forest, values, outputs, 64);
        if (!adder) throw new Error('the leaves follow each other');
        const x = Array.from({ length: rows }, () =>
          Float64Array.of((uniform() + 8) / 16, (uniform() + 8) / 16),
        );
        const expected = new Float64Array(rows * outputs);
        for (let i = 0; i < expected.length; i++) expected[i] = uniform();
        adder.scores.set(expected);
        const leaves = Array.from(forest.roots, (root) =>
          Int32Array.from(x, (row) => forest.value[leafOf(forest, root, row)]),
        );
        for (const own of leaves)
          for (let i = 0; i < expected.length; i++)
            expected[i] += values[own[Math.floor(i / outputs)] * outputs + (i % outputs)];
        adder.addTrees(0, leaves.slice(0, 8), rows);
        adder.addTrees(8, leaves.slice(8), rows);
        expect(adder.scores.subarray(0, expected.length)).toEqual(expected);
      },
    ),
    { numRuns: 30 },
  );
});

test('trees that share out their leaves otherwise are not added so', () => {
  const { forest, values } = made(3, 8, 2);
  const leaves = Array.from(forest.feature.keys()).filter((node) => forest.feature[node] < 0);
  const [first, last] = [leaves[0], leaves[leaves.length - 1]];
  [forest.value[first], forest.value[last]] = [forest.value[last], forest.value[first]];
  expect(createLeafAdder(forest, values, 2, 64)).toBeUndefined();
});
