import type { Forest } from '../../forest/forest.ts';
import type { Coding } from './coding.ts';

/** Trees or subtrees that depend on at most two columns. */
export interface Term {
  /** The nodes where its walks start. */
  roots: Int32Array;
  /** The columns that it depends on. With fewer than two, `first` (or both) is `Coding.none`. */
  first: number;
  second: number;
}

/** @param columns at most two, as bits */
export function termOf(roots: Int32Array, columns: number, { none }: Coding): Term {
  const indexOf = (bit: number): number => (bit === 0 ? none : Math.log2(bit));
  const rest = withoutLowest(columns);
  return { roots, first: indexOf(rest), second: indexOf(columns ^ rest) };
}

/** Whether a set of columns, as bits, has at most two members. */
export const areFew = (columns: number): boolean => withoutLowest(withoutLowest(columns)) === 0;

/** Clears the lowest bit. */
const withoutLowest = (columns: number): number => columns & (columns - 1);

/**
 * The terms of a forest for rows with the same columns given, in tree order, without those that always add 0.
 *
 * The first trees share one term as long as they depend on at most one column together: the plain walk adds them first, so
 * their sum can be computed in advance. Each later tree has a term of its own, because floating-point addition is not associative.
 * @returns undefined if a tree depends on more than two columns
 */
export function tableTerms(forest: Forest, coding: Coding, given: number): Term[] | undefined {
  const { roots } = forest;
  const terms: Term[] = [];
  let leading = 0;
  let canLead = true;
  for (let tree = 0; tree < roots.length; tree++) {
    const { columns, isZero } = dependence(forest, roots[tree], coding, given);
    if (!areFew(columns)) return undefined;
    canLead &&= withoutLowest(leading | columns) === 0;
    if (canLead) {
      leading |= columns;
      terms[0] = termOf(roots.subarray(0, tree + 1), leading, coding);
    } else if (!isZero) {
      terms.push(termOf(roots.subarray(tree, tree + 1), columns, coding));
    }
  }
  return terms;
}

/** The columns, as bits, whose values select the leaf of a tree when these columns are given; whether all reachable leaves are 0. */
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

/** The child to which a split sends every allowed value of its column; -1 if it depends on the value. */
export function sideOfGiven(
  { feature, threshold, left, right }: Forest,
  { low, high }: Coding,
  node: number,
): number {
  const on = feature[node];
  if (high[on] < threshold[node]) return left[node];
  return low[on] >= threshold[node] ? right[node] : -1;
}

/** The child to which a split sends a missing value. */
export const sideOfMissing = ({ left, right, missingLeft }: Forest, node: number): number =>
  missingLeft[node] ? left[node] : right[node];
