import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { binTable } from '../bins.ts';
import { binInCode, joinColumns } from './joint-columns.ts';
import { rowMatrix } from './row-matrix.ts';
import { createSplitFinder } from './split-finder.ts';
import { alone } from './team.ts';

const rows = 40_000;

/** Columns of 2 to 40 values, some of them missing. */
function simulated() {
  const random = createRandom(3);
  return binTable(
    [2, 40, 3, 4, 2, 5, 9].map((values) => ({
      kind: 'numeric' as const,
      values: Float64Array.from({ length: rows }, () =>
        random.below(20) === 0 ? Number.NaN : random.below(values),
      ),
    })),
  );
}

test('columns of few bins share a byte, as far as there are rows for its codes', () => {
  const { columns } = simulated();
  expect(joinColumns(columns, rows).members).toEqual([
    [0, 1],
    [2, 3, 4],
    [5, 6],
  ]);
  expect(joinColumns(columns, rows).codes.every((codes) => codes <= 256)).toBe(true);
  expect(joinColumns(columns, 1000).members).toEqual(columns.map((_, c) => [c]));
});

test('the histogram of columns that share bytes is that of their bins, also of masked copies', () => {
  const { columns } = simulated();
  const matrix = rowMatrix(
    { columns, rows },
    Int32Array.from({ length: rows }, (_, row) => row),
    {
      copies: 1,
      share: 0.5,
    },
  );
  const { joint, bytes, stride } = matrix;
  const packed = Float64Array.from({ length: matrix.rows }, (_, row) => 1 + (row % 5));
  const finder = createSplitFinder(matrix, packed, { minimumWeight: 1, l2: 1 }, alone);
  finder.begin(new Uint8Array(columns.length).fill(1), { gradient: 1, hessian: 1 }, createRandom(1));
  const every = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  const counted = finder.count({ rows: every, start: 0, end: matrix.rows });
  const expected = columns.flatMap(({ size }, c) => {
    const sums = new Array(size + 1).fill(0);
    for (const row of every)
      sums[binInCode(joint, columns, c, bytes[row * stride + joint.byte[c]])] += packed[row];
    for (let row = 0; row < rows; row += 97)
      expect(binInCode(joint, columns, c, bytes[row * stride + joint.byte[c]])).toBe(columns[c].bins[row]);
    return sums;
  });
  expect(Array.from(counted.subarray(0, expected.length))).toEqual(expected);
});
