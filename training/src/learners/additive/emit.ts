import type { Forest } from '@hearth/artifact';
import type { ColumnBasis } from './basis.ts';
import type { KnowledgeTree } from './distil.ts';
import type { Partition } from './partition.ts';

/** A feature of a split: a numeric column, or whether a column has the category with the index `equals`. */
export interface NumberFeature {
  column: number;
  equals?: number;
}

/** One feature for a numeric column, one for each category that has its own effect. */
export const featuresOf = (basis: readonly ColumnBasis[]): NumberFeature[] =>
  basis.flatMap(({ categories }, column) =>
    categories.length === 0 ? [{ column }] : categories.map((equals) => ({ column, equals })),
  );

interface Node {
  feature: number;
  threshold: number;
  value: number;
  cover: number;
  left?: Node;
  right?: Node;
}

/** A split at this threshold asks whether the column is given: no number reaches it, so every number goes left. */
const given = Number.MAX_VALUE;

const leaf = (value: number, cover: number): Node => ({ feature: -1, threshold: 0, value, cover });

const split = (feature: number, threshold: number, left: Node, right: Node): Node =>
  left.feature === -1 && right.feature === -1 && left.value === right.value
    ? leaf(left.value, left.cover + right.cover)
    : { feature, threshold, value: 0, cover: left.cover + right.cover, left, right };

/**
 * Writes trees over states of knowledge as trees of the artifact.
 * @param states number of fitted states of knowledge
 * @param rows number of training rows, or their weight: covers count them as if each row had been seen once, in a random state
 */
export function emitForest(
  trees: readonly KnowledgeTree[],
  basis: readonly ColumnBasis[],
  owners: readonly number[],
  features: readonly NumberFeature[],
  states: number,
  rows: number,
): Forest {
  const first = basis.map((_, column) => features.findIndex((feature) => feature.column === column));
  const weight = rows / states;
  const place = (partition: Partition, end: (curve: Float64Array, cover: number) => Node): Node =>
    partition.column === undefined
      ? end(partition.curve, partition.masks * weight)
      : split(
          first[owners.indexOf(partition.column)],
          given,
          place(partition.known, end),
          place(partition.unknown, end),
        );
  const roots = trees.map(({ column, partition }) => {
    if (column === undefined) return place(partition, ([value], cover) => leaf(value, cover));
    const known = place(partition, (curve, cover) => stepNode(curve, basis[column], first[column], cover));
    return split(first[column], given, known, leaf(0, Math.max(0, rows - known.cover)));
  });
  return flatten(roots);
}

function stepNode(curve: Float64Array, basis: ColumnBasis, feature: number, cover: number): Node {
  const { thresholds, share, categories, bins } = basis;
  if (categories.length > 0) return categoryNode(curve, basis, feature, cover);
  const between = (low: number, high: number): Node => {
    if (low === high) return leaf(curve[low], share[low] * cover);
    const middle = (low + high + 1) >> 1;
    return split(feature, thresholds[middle - 1], between(low, middle - 1), between(middle, high));
  };
  return between(0, bins - 1);
}

/** A chain of splits, the most frequent category first; at its end are all categories that share an effect. */
function categoryNode(
  curve: Float64Array,
  { share, categories }: ColumnBasis,
  feature: number,
  cover: number,
): Node {
  const others = Array.from(share.keys()).filter((category) => !categories.includes(category));
  const chain = others.length > 0 ? categories : categories.slice(0, -1);
  const last = others.length > 0 ? others[0] : categories[categories.length - 1];
  const inChain = chain.reduce((sum, category) => sum + share[category], 0);
  return chain.reduceRight(
    (rest, category, k) => split(feature + k, 0.5, rest, leaf(curve[category], share[category] * cover)),
    leaf(curve[last], Math.max(0, 1 - inChain) * cover),
  );
}

function flatten(trees: readonly Node[]): Forest {
  const roots: number[] = [];
  const nodes: Node[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const visit = (node: Node): number => {
    const at = nodes.push(node) - 1;
    left.push(-1);
    right.push(-1);
    if (node.left && node.right) {
      left[at] = visit(node.left);
      right[at] = visit(node.right);
    }
    return at;
  };
  for (const tree of trees) roots.push(visit(tree));
  return {
    roots: Int32Array.from(roots),
    feature: Int32Array.from(nodes, (node) => node.feature),
    threshold: Float64Array.from(nodes, (node) => node.threshold),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    value: Float64Array.from(nodes, (node) => node.value),
    cover: Float64Array.from(nodes, (node) => node.cover),
    missingLeft: new Uint8Array(nodes.length),
  };
}
