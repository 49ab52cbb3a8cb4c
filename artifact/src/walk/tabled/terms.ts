import type { Forest } from '../../forest/forest.ts';
import type { Coding } from './coding.ts';
import { sideOfGiven, sideOfMissing } from './given-sides.ts';

/** Trees, or what is below a node, that depend on two columns at most. */
export interface Term {
  /** Where the walks begin whose leaves it adds up. */
  roots: Int32Array;
  /** The columns that it depends on; `Coding.none` where there are fewer than two, which is then the first. */
  first: number;
  second: number;
}

/** @param columns two at most, as bits */
export function termOf(roots: Int32Array, columns: number, { none }: Coding): Term {
  const indexOf = (bit: number): number => (bit === 0 ? none : Math.log2(bit));
  const rest = withoutFirst(columns);
  return { roots, first: indexOf(rest), second: indexOf(columns ^ rest) };
}

/** Whether a set of columns, as bits, has two members at most. */
export const areFew = (columns: number): boolean => withoutFirst(withoutFirst(columns)) === 0;

/** A set of columns without the one that comes first. */
const withoutFirst = (columns: number): number => columns & (columns - 1);

/**
 * The trees that matter to rows that are given the same columns, in their order. Those that always add 0 do not.
 *
 * The first trees become one term as long as they depend on two columns at most together: the plain walk adds them up first, so that
 * their sum can be known before. Later trees have a term each, because `a + (b + c)` need not be `(a + b) + c` to the last bit.
 * @returns undefined where a tree depends on more than two columns
 */
export function tableTerms(forest: Forest, coding: Coding, given: number): Term[] | undefined {
  const { roots } = forest;
  const terms: Term[] = [];
  let leading = 0;
  let canLead = true;
  for (let tree = 0; tree < roots.length; tree++) {
    const { columns, isZero } = dependence(forest, roots[tree], coding, given);
    if (!areFew(columns)) return undefined;
    canLead &&= withoutFirst(leading | columns) === 0;
    if (canLead) {
      leading |= columns;
      terms[0] = termOf(roots.subarray(0, tree + 1), leading, coding);
    } else if (!isZero) {
      terms.push(termOf(roots.subarray(tree, tree + 1), columns, coding));
    }
  }
  return terms;
}

/** The columns, as bits, that decide where in a tree a row ends which is given some; whether all its leaves within reach are 0. */
function dependence(
  forest: Forest,
  root: number,
  coding: Coding,
  given: number,
): { columns: number; isZero: boolean } {
  const { feature, left, right, value } = forest;
  let columns = 0;
  let isZero = true;
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (feature[node] < 0) {
      isZero &&= value[node] === 0;
      continue;
    }
    const column = 1 << coding.usedOf[feature[node]];
    const only = given & column ? sideOfGiven(forest, coding, node) : sideOfMissing(forest, node);
    if (only < 0) {
      columns |= column;
      open.push(left[node], right[node]);
    } else {
      open.push(only);
    }
  }
  return { columns, isZero };
}
