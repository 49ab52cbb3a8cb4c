import { expect, test } from 'vitest';
import { chooseLayout } from './layout.ts';

const layout = (columns: number, maxThresholds: number, maxSlots: number, values = 2) =>
  chooseLayout({
    columns,
    values,
    thresholds: { values: new Float64Array(0), starts: Int32Array.of(0, 1, 1 + maxThresholds) },
    bases: Int32Array.of(0, 4, 4 + maxSlots),
  });

test('the parts of a node share its 32 bits', () => {
  expect(layout(28, 700, 1700)).toEqual({
    columnShift: 27,
    thresholdShift: 11,
    thresholdMask: 0xffff,
    pairMask: 0x7fe,
    isNumbered: true,
  });
});

test.each([
  [2, 0xfffe, 1 << 15, true],
  [3, 0xfffe, 1 << 15, false],
  [2, 0xfffe, (1 << 15) + 1, false],
  [2, 0xffff, 4, false],
  [1 << 10, 1 << 11, 1 << 11, true],
  [1 << 10, (1 << 11) + 1, 1 << 11, false],
])('%i columns, %i thresholds and %i slots fit: %s', (columns, thresholds, slots, fits) => {
  expect(layout(columns, thresholds, slots) !== undefined).toBe(fits);
});

test('leaf values are numbered if the numbers fit into the bits of a threshold and below the largest code', () => {
  expect(layout(2, 700, 1700, 0xffff)?.isNumbered).toBe(true);
  expect(layout(2, 700, 1700, 0x10000)?.isNumbered).toBe(false);
  expect(layout(2, 0xfffe, 1 << 15, 1 << 16)?.isNumbered).toBe(false);
  expect(layout(1 << 10, 1 << 11, 1 << 11, 1 << 11)?.isNumbered).toBe(true);
  expect(layout(1 << 10, 1 << 11, 1 << 11, 1 + (1 << 11))?.isNumbered).toBe(false);
});
