import fc from 'fast-check';
import { binTable, featuresOf, type GrowColumn } from '../src/grow/bins.ts';

export interface Sample {
  columns: GrowColumn[];
  target: Float64Array;
}

const cell = (values: fc.Arbitrary<number>) => fc.option(values, { nil: Number.NaN, freq: 5 });

/** Small tables of numeric and category columns with ties and missing values, and an integer target. */
export const samples = (
  target: fc.Arbitrary<number> = fc.integer({ min: 0, max: 3 }),
): fc.Arbitrary<Sample> =>
  fc.integer({ min: 2, max: 40 }).chain((rows) => {
    const values = (of: fc.Arbitrary<number>) =>
      fc.array(cell(of), { minLength: rows, maxLength: rows }).map((list) => Float64Array.from(list));
    const numeric = values(fc.integer({ min: -9, max: 9 }).map((value) => value / 4)).map(
      (list): GrowColumn => ({ kind: 'numeric', values: list }),
    );
    const category = values(fc.nat(3)).map(
      (list): GrowColumn => ({ kind: 'category', values: list, categories: 4 }),
    );
    return fc.record({
      columns: fc.array(fc.oneof(numeric, category), { minLength: 1, maxLength: 4 }),
      target: fc.array(target, { minLength: rows, maxLength: rows }).map((list) => Float64Array.from(list)),
    });
  });

/** The column that each feature belongs to, in the order of columns and categories; [features]. */
export const featureColumns = (columns: readonly GrowColumn[]): number[] =>
  columns.flatMap((column, i) => Array<number>(featuresOf(column)).fill(i));

/** The features of a row, as the reader of an artifact computes them. */
export function featuresOfRow(columns: readonly GrowColumn[], row: number): Float64Array {
  return Float64Array.from(
    columns.flatMap((column) => {
      const value = column.values[row];
      if (column.kind === 'numeric') return [value];
      return Array.from({ length: column.categories }, (_, category) =>
        Number.isNaN(value) ? Number.NaN : Number(value === category),
      );
    }),
  );
}

export const everyRow = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);

/** All rows of a sample as training rows. */
export const trainingRows = ({ columns, target }: Sample) => ({
  table: binTable(columns),
  target,
  rows: everyRow(target.length),
});
