import type { Design } from '../design.ts';
import type { Given } from '../learners/learner.ts';

/** A state of knowledge: the columns that are given. */
export interface Stage {
  columns: string[];
  known: Given;
}

/**
 * The stages at which a person comes to know a row: its first column, then the groups of columns as the page asks for them, one
 * after the other.
 */
export function knowledgeStages({ columns, table }: Design): Stage[] {
  const groups = table.data.descriptor.hearth.groups.map(({ name }) => name);
  const inOrder = [...columns].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
  const ends = inOrder.flatMap(({ group }, i) => (group === inOrder[i + 1]?.group ? [] : [i + 1]));
  const sizes = [...new Set([1, ...ends])];
  return sizes.map((size) => {
    const names = inOrder.slice(0, size).map(({ name }) => name);
    return { columns: names, known: Uint8Array.from(columns, ({ name }) => (names.includes(name) ? 1 : 0)) };
  });
}

/** Indices of the columns that are known. */
export const knownIndices = (known: Given): number[] =>
  Array.from(known.keys()).filter((column) => known[column] === 1);
