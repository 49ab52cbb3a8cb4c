import type { NumericColumn } from '@hearth/artifact';
import { listedValues, rangeOf } from '../fields/entries.ts';
import { isCode } from '../fields/kinds.ts';

/** A value of the column on the horizontal axis, and the answer there with its interval. */
export interface Point {
  value: number;
  answer: number;
  interval?: { low: number; high: number };
}

const mostWholeNumbers = 200;
const intervals = 100;

/**
 * The values at which the curve is computed: the listed ones; or every whole number, if there are at most 201; or 101 evenly spaced
 * ones. Codes for missing values are left out.
 */
export const gridOf = (column: NumericColumn): number[] =>
  listedValues(column) ?? evenGrid(column).filter((value) => !isCode(column, value));

function evenGrid(column: NumericColumn): number[] {
  const { minimum, maximum } = rangeOf(column);
  const isWhole = column.type === 'integer';
  const span = maximum - minimum;
  if (isWhole && span <= mostWholeNumbers) return Array.from({ length: span + 1 }, (_, i) => minimum + i);
  const grid = Array.from({ length: intervals + 1 }, (_, i) => minimum + (span * i) / intervals);
  return isWhole ? [...new Set(grid.map(Math.round))] : grid.map((value) => Number(value.toPrecision(12)));
}

/** The answer at a value, interpolated between the points of the curve; undefined outside them. */
export function answerAt(points: readonly Point[], value: number): number | undefined {
  const after = points.findIndex((point) => point.value >= value);
  const right = points[after];
  const left = points[after - 1];
  if (!right) return undefined;
  if (right.value === value || !left) return right.value === value ? right.answer : undefined;
  return left.answer + ((right.answer - left.answer) * (value - left.value)) / (right.value - left.value);
}

/** The index of the point nearest to a value. */
export function nearest(points: readonly Point[], value: number): number {
  const distance = (index: number) => Math.abs((points[index]?.value ?? Infinity) - value);
  return points.reduce((best, _, index) => (distance(index) < distance(best) ? index : best), 0);
}

/** The range of answers that contains the curve and its band. */
export function extentOf(points: readonly Point[]): [number, number] {
  const all = points.flatMap(({ answer, interval }) => [
    answer,
    interval?.low ?? answer,
    interval?.high ?? answer,
  ]);
  return all.length === 0 ? [0, 1] : [Math.min(...all), Math.max(...all)];
}
