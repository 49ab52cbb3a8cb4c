import { partRange, parts } from './calendar.ts';
import type { Column } from './columns.ts';
import type { Feature } from './features.ts';
import { kindOf, levelsOf } from './kinds/index.ts';

/** 1 if the set of categories that begins at this byte has the value with this index, else 0. */
export const setHas = (sets: Uint8Array, begin: number, index: number): number =>
  (sets[begin + (index >> 3)] >> (index & 7)) & 1;

/** Bytes of a set of the categories of a column of so many: a bit for each, and one for values that are not listed. */
const bytesOfSet = (categories: number): number => Math.ceil((categories + 1) / 8);

/** The function from a cell that is not missing to a feature of format 2; undefined for the cell itself and for `equals`. */
export function derivationOf(
  { in: set, numbers, part, nonzero, above, log }: Feature,
  sets: Uint8Array = new Uint8Array(),
): ((cell: number) => number) | undefined {
  if (set !== undefined) return (cell) => setHas(sets, set, cell);
  if (numbers) return (cell) => numbers[cell] ?? Number.NaN;
  if (part) return parts[part];
  if (nonzero !== undefined) return (cell) => (Math.abs(cell) <= nonzero ? Number.NaN : cell);
  if (above !== undefined) return (cell) => Math.max(0, cell - above);
  if (log) return Math.log;
  return undefined;
}

const ways = ['equals', 'in', 'numbers', 'part', 'nonzero', 'above', 'log'] as const;
type Way = (typeof ways)[number] | 'cell';
const wayOf = (feature: Feature): Way => ways.find((way) => feature[way] !== undefined) ?? 'cell';

/** What can be derived from the cells of a column. */
const derivations: Record<Column['type'], readonly Way[]> = {
  number: ['cell', 'nonzero', 'above', 'log'],
  integer: ['cell', 'nonzero', 'above', 'log'],
  boolean: ['cell'],
  category: ['equals', 'in', 'numbers'],
  date: ['cell', 'part', 'above'],
  datetime: ['cell', 'part', 'above'],
};

/**
 * Whether a feature is on the scale of its cell, or a feature of levels, so that a code of the cell decides all its splits: the tables
 * of a walk need that.
 */
export const isOnScale = (feature: Feature): boolean => ['cell', 'equals', 'in'].includes(wayOf(feature));

/** Why the feature does not match its column; undefined if it does. */
export function featureFault(feature: Feature, column: Column, sets?: Uint8Array): string | undefined {
  const { equals, in: set, numbers } = feature;
  if (!derivations[column.type].includes(wayOf(feature)))
    return `does not match a column of type ${column.type}`;
  if (feature.log && !((kindOf(column).range(column)?.minimum ?? 0) > 0))
    return 'is the logarithm of a column whose minimum is not above 0';
  const levels = levelsOf(column);
  if (equals !== undefined && !levels?.map(String).includes(equals))
    return 'names a category that the column does not have';
  if (numbers && numbers.length !== (levels?.length ?? 0) + 1)
    return `has ${numbers.length} numbers for ${levels?.length} categories; it needs one for each, and one for other values`;
  if (set !== undefined && !(set + bytesOfSet(levels?.length ?? 0) <= (sets?.length ?? 0)))
    return 'has a set outside the tensor "sets"';
  return undefined;
}

/** The least and the greatest value of a feature that is not missing, over the cells that its column allows. */
export function featureRange(feature: Feature, column: Column): [number, number] {
  if (feature.numbers) {
    const given = feature.numbers.filter((each) => each !== null);
    return given.reduce(
      ([least, most], each) => [Math.min(least, each), Math.max(most, each)],
      [Infinity, -Infinity],
    );
  }
  const range = kindOf(column).range(column);
  if (!range) return [0, 1];
  const { minimum, maximum } = range;
  if (feature.part) return partRange(feature.part, minimum, maximum);
  if (feature.log) return [Math.log(minimum), Math.log(maximum)];
  if (feature.above === undefined) return [minimum, maximum];
  return [Math.max(0, minimum - feature.above), Math.max(0, maximum - feature.above)];
}
