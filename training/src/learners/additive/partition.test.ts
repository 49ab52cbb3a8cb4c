import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { sampleMasks } from './masks.ts';
import { growPartition, leafOf } from './partition.ts';

const masks = sampleMasks(6, 64, createRandom(1));
const curves = masks.map((mask) => Float64Array.of(mask[1] + 2 * mask[4], mask[1] * mask[4]));
const weight = Float64Array.of(0.5, 0.5);

test('a partition splits on the columns that the curves depend on', () => {
  const partition = growPartition({ masks, curves, weight }, { leaves: 4, minMasks: 1 });
  for (const [m, mask] of masks.entries()) expect([...leafOf(partition, mask)]).toEqual([...curves[m]]);
});

test('every leaf holds the minimum number of states', () => {
  const partition = growPartition({ masks, curves, weight }, { leaves: 64, minMasks: 20 });
  expect(partition.column).toBe(4);
  const sides = partition.column === undefined ? [] : [partition.known, partition.unknown];
  for (const side of sides) expect(side.column === undefined && side.masks).toBe(32);
});
