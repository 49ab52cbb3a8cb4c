import type { Forest } from '../../forest/forest.ts';
import type { Coding } from './coding.ts';
import { areFew, sideOfGiven, sideOfMissing, type Term, termOf } from './terms.ts';

/** What a tree adds for rows in which some columns are given and some others are missing. */
export interface SharedTerm extends Term {
  /** Bit masks of columns. */
  given: number;
  missing: number;
}

/**
 * Splits a tree into terms, if it tests which columns are given before it splits on values, as trees of additive models do.
 * A row adds one of the terms, or none if that term is 0.
 * @returns undefined if the tree splits on a value while more than two columns remain
 */
export function sharedTerms(
  forest: Forest,
  root: number,
  end: number,
  coding: Coding,
): SharedTerm[] | undefined {
  const { feature, value } = forest;
  const below = columnsBelow(forest, root, end, coding);
  const terms: SharedTerm[] = [];
  return visit(root, 0, 0) ? terms : undefined;

  /** @returns whether the subtree could be split into terms, for rows with these columns given and those missing */
  function visit(node: number, given: number, missing: number): boolean {
    if (feature[node] >= 0) {
      const column = 1 << coding.usedOf[feature[node]];
      if (missing & column) return visit(sideOfMissing(forest, node), given, missing);
      const side = sideOfGiven(forest, coding, node);
      if (side >= 0) {
        const isMissingToo =
          (given & column) !== 0 || visit(sideOfMissing(forest, node), given, missing | column);
        return isMissingToo && visit(side, given | column, missing);
      }
    }
    const columns = below[node - root];
    if (!areFew(columns)) return false;
    if (columns !== 0 || value[node] !== 0) {
      terms.push({ ...termOf(Int32Array.of(node), columns, coding), given, missing });
    }
    return true;
  }
}

/** The columns, as bits, that each node of a tree or a node below it splits on; [nodes of the tree]. */
function columnsBelow(
  { feature, left, right }: Forest,
  root: number,
  end: number,
  { usedOf }: Coding,
): Int32Array {
  const columns = new Int32Array(end - root);
  for (let node = end - 1; node >= root; node--) {
    if (feature[node] < 0) continue;
    columns[node - root] =
      (1 << usedOf[feature[node]]) | columns[left[node] - root] | columns[right[node] - root];
  }
  return columns;
}
