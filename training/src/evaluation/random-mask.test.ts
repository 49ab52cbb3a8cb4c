import { expect, test } from 'vitest';
import { keptColumns } from './random-mask.ts';

const columns = 40;
const always = new Uint8Array(columns);
const rows = Array.from({ length: 50 }, (_, row) => row);
const kept = (share: number) => rows.map((row) => [...keptColumns({ share, always }, row)]);

test('a column is kept with the probability of the share, others in each row and for each share', () => {
  for (const share of [0.25, 0.5, 0.75]) {
    const cells = kept(share).flat();
    const deviation = Math.sqrt((share * (1 - share)) / cells.length);
    expect(Math.abs(cells.reduce((sum, each) => sum + each, 0) / cells.length - share)).toBeLessThan(
      3 * deviation,
    );
  }
  expect(new Set(kept(0.5).map(String)).size).toBe(rows.length);
  expect(kept(0).flat()).not.toContain(1);
  expect(kept(1).flat()).not.toContain(0);
});

test('some columns are always kept', () => {
  const mask = { share: 0, always: Uint8Array.of(0, 1, 0) };
  expect(keptColumns(mask, 7)).toEqual(Uint8Array.of(0, 1, 0));
});

test('the columns that a row keeps never change, so that a table trained again gives the same version', () => {
  const always = new Uint8Array(32);
  expect(keptColumns({ share: 0.25, always }, 3).join('')).toBe('00001100000110000000100010001000');
  expect(keptColumns({ share: 0.29, always }, 4).join('')).toBe('11000000000000000001111010010001');
});
