import type { Forest } from '../forest.ts';
import type { Coding } from './coding.ts';

/** A tree that depends on two columns at most, or the first trees where all of them depend on the same. */
export interface Term {
  from: number;
  to: number;
  /** The columns that it depends on; `Coding.none` where there are fewer than two, which is then the first. */
  first: number;
  second: number;
}

/**
 * The trees that matter to rows that are given the same columns, in their order. Those that always add 0 do not.
 * @returns undefined where a tree depends on more than two columns
 */
export function foldTerms(forest: Forest, coding: Coding, given: number): Term[] | undefined {
  const { roots } = forest;
  const terms: Term[] = [];
  let leading = 0;
  let canLead = true;
  for (let tree = 0; tree < roots.length; tree++) {
    const { columns, isZero } = dependence(forest, roots[tree], coding, given);
    if (withoutFirst(withoutFirst(columns)) !== 0) return undefined;
    canLead &&= withoutFirst(leading | columns) === 0;
    if (canLead) {
      leading |= columns;
      terms[0] = termOf(leading, 0, tree + 1, coding);
    } else if (!isZero) {
      terms.push(termOf(columns, tree, tree + 1, coding));
    }
  }
  return terms;
}

function termOf(columns: number, from: number, to: number, { none }: Coding): Term {
  const indexOf = (bit: number): number => (bit === 0 ? none : Math.log2(bit));
  const rest = withoutFirst(columns);
  return { from, to, first: indexOf(rest), second: indexOf(columns ^ rest) };
}

/** A set of columns without the one that comes first. */
const withoutFirst = (columns: number): number => columns & (columns - 1);

/** The columns, as bits, that decide where in a tree a row ends which is given some; whether all its leaves within reach are 0. */
function dependence(
  { feature, threshold, left, right, value, missingLeft }: Forest,
  root: number,
  { usedOf, low, high }: Coding,
  given: number,
): { columns: number; isZero: boolean } {
  let columns = 0;
  let isZero = true;
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const on = feature[node];
    if (on < 0) {
      isZero &&= value[node] === 0;
    } else if (((given >> usedOf[on]) & 1) === 0) {
      open.push(missingLeft[node] ? left[node] : right[node]);
    } else if (high[on] < threshold[node]) {
      open.push(left[node]);
    } else if (low[on] >= threshold[node]) {
      open.push(right[node]);
    } else {
      columns |= 1 << usedOf[on];
      open.push(left[node], right[node]);
    }
  }
  return { columns, isZero };
}
