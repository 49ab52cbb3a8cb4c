import type { Column } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { Given } from '../learners/learner.ts';

/** A set of given columns, by name and as a mask. */
export interface Stage {
  columns: string[];
  known: Given;
}

/**
 * The stages of an evaluation, in the order in which the page asks for columns: the first column, then one more group of columns at each
 * stage. Required columns are in every stage: no answer is without them, and the exposure of a count: without it the answer is another.
 */
export function knowledgeStages({ columns, table }: Pick<Design, 'columns' | 'table'>): Stage[] {
  const groups = (table.data.descriptor.hearth.groups ?? []).map(({ name }) => name);
  const place = ({ group }: Column) => (group === undefined ? -1 : groups.indexOf(group));
  const isAlways = ({ name, required }: Column) => required || name === table.data.sampling?.exposure;
  const first = (column: Column) => (isAlways(column) ? 0 : 1);
  const inOrder = [...columns].sort((a, b) => first(a) - first(b) || place(a) - place(b));
  const required = inOrder.filter(isAlways).length;
  const ends = inOrder.flatMap(({ group }, i) => (group === inOrder[i + 1]?.group ? [] : [i + 1]));
  const sizes = [...new Set([1, ...ends].map((size) => Math.max(size, required)))];
  return sizes.map((size) => {
    const names = inOrder.slice(0, size).map(({ name }) => name);
    return { columns: names, known: Uint8Array.from(columns, ({ name }) => (names.includes(name) ? 1 : 0)) };
  });
}

/** Indices of the given columns. */
export const knownIndices = (known: Given): number[] =>
  Array.from(known.keys()).filter((column) => known[column] === 1);
