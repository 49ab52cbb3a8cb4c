import type { Column } from '../columns/columns.ts';
import { isNumeric } from '../columns/columns.ts';
import { levelsOf } from '../columns/kinds/index.ts';
import type { Bins } from '../manifest/manifest.ts';

/** What a column may turn out to be. */
export interface LikelyValues {
  /** A cell for each value or bin; [values]. */
  cells: Float64Array;
  /** Its share of the training rows that had one of these values; [values]. They add up to 1. */
  shares: Float64Array;
}

const secondsOfDay = 86_400;

/**
 * The values of a column as its training rows had them: of numbers and times the middle of each bin, of levels those that the bins name.
 * Rare levels, which the bins count together, are left out.
 * @param most values at most; of more, neighbouring bins are joined and rarer levels left out
 * @returns undefined if there are fewer than two
 */
export function likelyValues(column: Column, bins: Bins, most: number): LikelyValues | undefined {
  const found = bins.edges ? middles(column, bins.edges, bins.counts, most) : namedLevels(column, bins, most);
  const whole = found.reduce((sum, { count }) => sum + count, 0);
  if (found.length < 2) return undefined;
  return {
    cells: Float64Array.from(found, ({ cell }) => cell),
    shares: Float64Array.from(found, ({ count }) => count / whole),
  };
}

interface Counted {
  cell: number;
  count: number;
}

function namedLevels(column: Column, { values = [], counts }: Bins, most: number): Counted[] {
  const levels = levelsOf(column)?.map(String) ?? [];
  return values
    .slice(0, most)
    .map((value, i) => ({ cell: levels.indexOf(value), count: counts[i] }))
    .filter(({ cell, count }) => cell >= 0 && count > 0);
}

/** @param edges ascending; [bins + 1] @param counts [bins] */
function middles(
  column: Column,
  edges: readonly number[],
  counts: readonly number[],
  most: number,
): Counted[] {
  const together = Math.ceil(counts.length / most);
  const found: Counted[] = [];
  for (let bin = 0; bin < counts.length; bin += together) {
    const end = Math.min(counts.length, bin + together);
    const count = counts.slice(bin, end).reduce((sum, each) => sum + each, 0);
    const cell = allowedNear(column, edges[bin], edges[end], end === counts.length);
    if (count > 0) found.push({ cell, count });
  }
  return found;
}

/** A cell that the column allows, near the middle of a bin; the bin holds its upper edge only if it is the last one. */
function allowedNear(column: Column, from: number, to: number, isLast: boolean): number {
  if (isNumeric(column) && column.enum) {
    const listed = column.enum.filter((value) => value >= from && (value < to || isLast));
    return listed.sort((a, b) => a - b)[listed.length >> 1] ?? from;
  }
  if (column.type === 'integer') return Math.floor((from + (isLast ? to : to - 1)) / 2);
  const middle = (from + to) / 2;
  return column.type === 'date' ? Math.floor(middle / secondsOfDay) * secondsOfDay : middle;
}
