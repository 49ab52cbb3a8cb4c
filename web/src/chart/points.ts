import type { NumericColumn } from '@hearth/artifact';

/** A value of the column on the horizontal axis, and the chance there. */
export interface Point {
  value: number;
  chance: number;
}

const mostWholeNumbers = 200;
const intervals = 100;

/** The values at which the curve is asked for: every whole number where they are few, else 101 evenly spread ones. */
export function gridOf({ type, minimum, maximum }: NumericColumn): number[] {
  const isWhole = type === 'integer';
  const span = maximum - minimum;
  if (isWhole && span <= mostWholeNumbers) return Array.from({ length: span + 1 }, (_, i) => minimum + i);
  const grid = Array.from({ length: intervals + 1 }, (_, i) => minimum + (span * i) / intervals);
  return isWhole ? [...new Set(grid.map(Math.round))] : grid;
}

/** The chance on the curve at a value between its points. */
export function chanceAt(points: readonly Point[], value: number): number | undefined {
  const after = points.findIndex((point) => point.value >= value);
  const right = points[after];
  const left = points[after - 1];
  if (!right) return undefined;
  if (right.value === value || !left) return right.value === value ? right.chance : undefined;
  return left.chance + ((right.chance - left.chance) * (value - left.value)) / (right.value - left.value);
}
