import type { Forest } from '../../forest/forest.ts';
import type { Coding } from './coding.ts';
import { sideOfGiven, sideOfMissing } from './given-sides.ts';
import { areFew, type Term, termOf } from './terms.ts';

/** What a tree adds for rows that are given some columns and not given some others. */
export interface SharedTerm extends Term {
  /** As bits. */
  given: number;
  missing: number;
}

/**
 * Takes a tree apart that asks whether columns are given before it asks for values, as those of additive models do. A row adds one
 * of the terms, or none where that is 0.
 * @returns undefined where the tree asks for values before it has come down to two columns
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

  /** @returns whether what is below the node could be taken apart for rows that are given these columns, and not those */
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

/** The columns, as bits, that are asked at each node of a tree or below it; [nodes of the tree]. */
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
