import type { Forest } from '@hearth/artifact';
import { given, leaf, split, stepNode, type WrittenNode, writeForest } from '../written-trees.ts';
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
  const place = (
    partition: Partition,
    end: (curve: Float64Array, cover: number) => WrittenNode,
  ): WrittenNode =>
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
    const known = place(partition, (curve, cover) => columnNode(curve, basis[column], first[column], cover));
    return split(first[column], given, known, leaf(0, Math.max(0, rows - known.cover)));
  });
  return writeForest(roots);
}

function columnNode(curve: Float64Array, basis: ColumnBasis, feature: number, cover: number): WrittenNode {
  const { thresholds, share, categories, bins } = basis;
  if (categories.length > 0) return categoryNode(curve, basis, feature, cover);
  const steps = Array.from({ length: bins }, (_, bin) => leaf(curve[bin], share[bin] * cover));
  return stepNode(feature, thresholds, steps);
}

/** A chain of splits, the most frequent category first; at its end are all categories that share an effect. */
function categoryNode(
  curve: Float64Array,
  { share, categories }: ColumnBasis,
  feature: number,
  cover: number,
): WrittenNode {
  const others = Array.from(share.keys()).filter((category) => !categories.includes(category));
  const chain = others.length > 0 ? categories : categories.slice(0, -1);
  const last = others.length > 0 ? others[0] : categories[categories.length - 1];
  const inChain = chain.reduce((sum, category) => sum + share[category], 0);
  return chain.reduceRight(
    (rest, category, k) => split(feature + k, 0.5, rest, leaf(curve[category], share[category] * cover)),
    leaf(curve[last], Math.max(0, 1 - inChain) * cover),
  );
}
