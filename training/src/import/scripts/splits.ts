import type { Features } from '../features.ts';
import { atMost } from '../folded.ts';
import { ImportFault } from '../imported.ts';
import type { Header } from './header.ts';

/** A split of a feature at a number; `swapped`: what the file sends left goes right. */
export interface Split {
  feature: number;
  threshold: number;
  swapped: boolean;
}

/** Of each column, how the `split` of a node becomes the split of a feature. @throws ImportFault for a set that does not fit its column */
export function splitReader(
  { columns, compare, sets = [] }: Header,
  features: Features,
): (column: number, split: unknown, line: number) => Split {
  const fold = compare === '<=' ? atMost : (x: number) => x;
  const ofSets = sets.map((set, i) => ofSet(columns[set.column], set, features, i));
  return (column, split, line) => {
    const type = columns[column]?.type;
    if (type === undefined)
      throw new ImportFault(`line ${line} splits on column ${column} of ${columns.length}`);
    if (type === 'category' || type === 'boolean') {
      const set = typeof split === 'number' ? sets[split] : undefined;
      if (set?.column !== column)
        throw new ImportFault(`line ${line} splits column ${column} by a set that is not one of that column`);
      return ofSets[split as number];
    }
    return { feature: features.cell(column), threshold: fold(thresholdOf(split, line)), swapped: false };
  };
}

function thresholdOf(split: unknown, line: number): number {
  if (typeof split === 'number' && Number.isFinite(split)) return split;
  if (split === 'Infinity') return Infinity;
  if (split === '-Infinity') return -Infinity;
  throw new ImportFault(`line ${line} has a split that is not a number`);
}

type Set = NonNullable<Header['sets']>[number];

/** Values in a set of an artifact go right: the set here is of those that do not go left. */
function ofSet(
  column: Header['columns'][number] | undefined,
  set: Set,
  features: Features,
  place: number,
): Split {
  const count = column?.type === 'category' ? column.categories.length : 2;
  const left = new Set(set.levels);
  if (
    (column?.type !== 'category' && column?.type !== 'boolean') ||
    set.levels.some((level) => level >= count)
  )
    throw new ImportFault(`sets.${place} does not fit column ${set.column}`);
  if (column.type === 'boolean') return ofBoolean(left, features.cell(set.column));
  const right = Array.from({ length: count }, (_, level) => level).filter((level) => !left.has(level));
  return { feature: features.set(set.column, right, set.unlisted ? 0 : 1), threshold: 0.5, swapped: false };
}

/** false is 0, true is 1 */
function ofBoolean(left: ReadonlySet<number>, feature: number): Split {
  if (left.has(0) === left.has(1))
    return { feature, threshold: left.has(0) ? Infinity : -Infinity, swapped: false };
  return { feature, threshold: 0.5, swapped: left.has(1) };
}
