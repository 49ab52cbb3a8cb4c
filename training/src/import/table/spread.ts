import { type Feature, type Forest, type Row, usedColumns } from '@hearth/artifact';
import { emptyForest } from '../../grow/index.ts';
import type { Assembled } from '../assemble.ts';

/** An answer to a row, and the answer to the part of it in which cells were left out. */
export interface Change {
  from: number;
  to: number;
  row: Row;
}

/** The spread of the answers: what its forest adds up to is ln s. */
export interface Spread {
  forest: Forest;
  /** s of a row with all columns. */
  least: number;
  of(row: Row): number;
}

/** A tree is at most 1,024 levels deep. */
const mostColumns = 1000;
const fewestChanges = 20;

/**
 * A list of decisions: is the column missing whose absence changes answers most? the next one? … Each ends in the root mean squared change
 * of the rows that end there; with all columns answers have no spread.
 * @param scale of the answer on which changes are measured
 * @param noise of the outcome: what the spread of a complete row is small against
 * @returns undefined for too many columns
 */
export function spreadOf(
  changes: readonly Change[],
  { columns, features }: Pick<Assembled['draft'], 'columns' | 'features'>,
  scale: (answer: number) => number,
  noise: number,
): Spread | undefined {
  const used = usedColumns(features);
  const optional = columns.filter(({ name, required }) => used.has(name) && !required);
  if (optional.length > mostColumns) return undefined;
  const least = (noise || 1) * 1e-6;
  const isMissing = (row: Row, name: string) => (row[name] ?? null) === null;
  const measured = changes.map(({ from, to, row }) => ({ row, squared: (scale(to) - scale(from)) ** 2 }));
  const rms = (some: readonly { squared: number }[]) =>
    Math.max(
      least,
      Math.sqrt(some.reduce((sum, { squared }) => sum + squared, 0) / Math.max(1, some.length)),
    );
  const effects = optional.map(({ name }) => ({
    name,
    effect: rms(measured.filter(({ row }) => isMissing(row, name))),
  }));
  const names = effects.sort((a, b) => b.effect - a.effect).map(({ name }) => name);
  const ending = names.map(() => [] as { squared: number }[]);
  for (const each of measured) {
    const first = names.findIndex((name) => isMissing(each.row, name));
    if (first >= 0) ending[first].push(each);
  }
  const all = rms(measured);
  const values = [...ending.map((some) => (some.length < fewestChanges ? all : rms(some))), least];
  return {
    forest: listForest(
      names.map((name) => featureOf(name, features)),
      values.map(Math.log),
    ),
    least,
    of: (row) => values.at(names.findIndex((name) => isMissing(row, name))) as number, // the last one where none is missing
  };
}

/** The feature of a column that says whether it is missing: those of sets and numbers of their own can be missing for other reasons. */
function featureOf(name: string, features: readonly Feature[]): number {
  const own = [...features.keys()].filter((j) => features[j].column === name);
  return own.find((j) => !('nonzero' in features[j]) && !('numbers' in features[j])) ?? own[0];
}

/** One tree: present goes left to the next split, missing goes right to a leaf. @param values of the leaves, then of the end */
function listForest(splits: readonly number[], values: readonly number[]): Forest {
  const forest = emptyForest(1, 2 * splits.length + 1);
  for (const [i, feature] of splits.entries()) {
    const node = 2 * i;
    forest.feature[node] = feature;
    forest.threshold[node] = Infinity;
    forest.left[node] = node + 2;
    forest.right[node] = node + 1;
    writeLeaf(forest, node + 1, values[i]);
  }
  writeLeaf(forest, 2 * splits.length, values[splits.length]);
  return forest;
}

function writeLeaf(forest: Forest, node: number, value: number): void {
  forest.feature[node] = -1;
  forest.left[node] = -1;
  forest.right[node] = -1;
  forest.value[node] = value;
}
