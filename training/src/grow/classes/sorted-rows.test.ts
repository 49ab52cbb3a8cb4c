import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { binOf, createRowSorter, timesOf } from './sorted-rows.ts';

const classes = 3;
const columns = [3, 40].map((size, feature) => ({
  kind: 'numeric' as const,
  size,
  feature,
  lowest: new Float64Array(size),
  highest: new Float64Array(size),
  owner: feature,
  always: false,
  direction: 0,
}));

/** Rows of two columns, each drawn up to 15 times; a row's class is its third byte. */
function drawn(count: number) {
  const random = createRandom(4);
  const bins = new Uint8Array(4 * count);
  const entries = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    bins.set([random.below(4), random.below(41), random.below(classes)], 4 * row);
    entries[row] = (row << 5) | ((1 + random.below(15)) << 1);
  }
  return { bins, stride: 4, entries, start: 0, end: count };
}

test.each([5, 100, 1000])('each bin and class of %i rows has its draws, in the order of bins', (count) => {
  const rows = drawn(count);
  const expected = columns.map((_, c) => {
    const times = new Map<number, number>();
    for (let row = 0; row < count; row++) {
      const key = rows.bins[4 * row + c] * 256 + rows.bins[4 * row + 2];
      times.set(key, (times.get(key) ?? 0) + ((rows.entries[row] >>> 1) & 15));
    }
    return times;
  });
  const sorter = createRowSorter({ columns, classes }, count);
  for (const all of [true, false]) {
    sorter.begin(rows, all);
    for (const c of columns.keys()) {
      const { keys, length } = sorter.sort(rows, c);
      const times = new Map<number, number>();
      for (const key of keys.subarray(0, length))
        times.set(key >>> 15, (times.get(key >>> 15) ?? 0) + timesOf(key));
      expect(times).toEqual(expected[c]);
      const bins = Array.from(keys.subarray(0, length), binOf);
      expect(bins).toEqual(bins.toSorted((a, b) => a - b));
    }
  }
});

test('more draws of a bin and class than one key can hold take several', () => {
  const count = 5000;
  const rows = drawn(count);
  rows.bins.fill(0);
  rows.entries.forEach((_, row) => {
    rows.entries[row] = (row << 5) | (15 << 1);
  });
  const sorter = createRowSorter({ columns, classes }, count);
  sorter.begin(rows, true);
  const { keys, length } = sorter.sort(rows, 0);
  expect(length).toBe(3);
  expect(keys.subarray(0, length).reduce((sum, key) => sum + timesOf(key), 0)).toBe(15 * count);
});
