import type { ColumnBasis } from './basis.ts';
import type { Mask } from './masks.ts';
import { growPartition, leafOf, type Partition, type PartitionOptions } from './partition.ts';
import type { AdditiveScore } from './subset-model.ts';

export interface BoostOptions extends PartitionOptions {
  trees: number;
  /** Share of what is left that each tree but the last takes on. */
  rate: number;
}

export interface DistilOptions {
  /** How many states of knowledge to learn from. */
  states: number;
  /** For the steps of each column. */
  steps: BoostOptions;
  /** For the intercept. */
  intercept: BoostOptions;
}

/** A tree over states of knowledge whose leaves are steps over the bins of `column`, or one number without it. */
export interface KnowledgeTree {
  column?: number;
  partition: Partition;
}

/**
 * One model for every state of knowledge out of many for one each: the steps of a column, and the intercept, as functions of
 * which columns are known, by boosted trees (distillation: Bucila et al. 2006). With nothing known it is exact.
 */
export function distil(
  masks: readonly Mask[],
  scores: readonly AdditiveScore[],
  basis: readonly ColumnBasis[],
  options: DistilOptions,
): KnowledgeTree[] {
  const trees: KnowledgeTree[] = basis.flatMap(({ share }, column) => {
    const having = Array.from(masks.keys()).filter((m) => masks[m][column] === 1);
    const curves = having.map((m) => scores[m].steps[column] as Float64Array);
    const { partitions } = boost(
      having.map((m) => masks[m]),
      curves,
      share,
      options.steps,
    );
    return partitions.map((partition) => ({ column, partition }));
  });
  const intercepts = scores.map(({ intercept }) => Float64Array.of(intercept));
  const { partitions, left } = boost(masks, intercepts, Float64Array.of(1), options.intercept);
  const nothing = masks.findIndex((mask) => mask.every((known) => known === 0));
  partitions.push(whereNothing(masks, left[nothing]));
  return [...trees, ...partitions.map((partition) => ({ partition }))];
}

/** Adds `rest` where no column is known. */
function whereNothing(masks: readonly Mask[], rest: Float64Array): Partition {
  let members = masks;
  const knownFirst = Array.from(masks[0].keys(), (column) => {
    const known = members.filter((mask) => mask[column] === 1).length;
    members = members.filter((mask) => mask[column] === 0);
    return { column, known };
  });
  return knownFirst.reduceRight<Partition>(
    (unknown, { column, known }) => ({
      column,
      known: { curve: new Float64Array(1), masks: known },
      unknown,
    }),
    { curve: rest, masks: members.length },
  );
}

function boost(
  masks: readonly Mask[],
  curves: readonly Float64Array[],
  weight: Float64Array,
  { trees, rate, ...options }: BoostOptions,
): { partitions: Partition[]; left: Float64Array[] } {
  const left = curves.map((curve) => Float64Array.from(curve));
  const partitions = Array.from({ length: trees }, (_, tree) => {
    const partition = scaled(
      growPartition({ masks, curves: left, weight }, options),
      tree < trees - 1 ? rate : 1,
    );
    for (const [m, curve] of left.entries()) {
      const taken = leafOf(partition, masks[m]);
      for (let b = 0; b < curve.length; b++) curve[b] -= taken[b];
    }
    return partition;
  });
  return { partitions, left };
}

function scaled(node: Partition, factor: number): Partition {
  return node.column === undefined
    ? { ...node, curve: node.curve.map((value) => value * factor) }
    : { ...node, known: scaled(node.known, factor), unknown: scaled(node.unknown, factor) };
}
