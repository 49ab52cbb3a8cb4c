import type { ColumnBasis } from './basis.ts';
import type { Mask } from './masks.ts';
import { growPartition, leafOf, type Partition, type PartitionOptions } from './partition.ts';
import type { AdditiveScore } from './subset-model.ts';

export interface BoostOptions extends PartitionOptions {
  trees: number;
  /** Learning rate of each tree except the last, whose rate is 1. */
  rate: number;
}

export interface DistilOptions {
  /** Number of states of knowledge to fit. */
  states: number;
  /** For the steps of each column. */
  steps: BoostOptions;
  /** For the intercept. */
  intercept: BoostOptions;
}

/** A tree over states of knowledge whose leaves are steps over the bins of the variable `column`, or one number without it. */
export interface KnowledgeTree {
  column?: number;
  partition: Partition;
}

/**
 * Distils many models, one for each of the fitted states of knowledge, into one for every state (Buciluă et al. 2006): the steps of each
 * column, and the intercept, become boosted trees that ask which columns are known. If nothing or one column is known, it is exact.
 */
export function distil(
  masks: readonly Mask[],
  scores: readonly AdditiveScore[],
  basis: readonly ColumnBasis[],
  owners: readonly number[],
  options: DistilOptions,
): KnowledgeTree[] {
  const trees: KnowledgeTree[] = basis.flatMap(({ share }, column) => {
    const owner = owners[column];
    const having = Array.from(masks.keys()).filter((m) => masks[m][owner] === 1);
    const curves = having.map((m) => scores[m].steps[column] as Float64Array);
    const states = having.map((m) => masks[m]);
    const { partitions, left } = boost(states, curves, share, options.steps);
    return [...partitions, whereNoOther(states, left, owner)].map((partition) => ({ column, partition }));
  });
  const intercepts = scores.map(({ intercept }) => Float64Array.of(intercept));
  const { partitions, left } = boost(masks, intercepts, Float64Array.of(1), options.intercept);
  const offsets = [...partitions, whereNoOther(masks, left)];
  return [...trees, ...offsets.map((partition) => ({ partition }))];
}

/**
 * A tree that makes the sum exact if no column other than `column` is known: a chain of splits on the other columns, which adds 0 as
 * soon as one is known, and at its end what is left.
 */
function whereNoOther(masks: readonly Mask[], left: readonly Float64Array[], column?: number): Partition {
  const others = Array.from(masks[0].keys()).filter(
    (other) => other !== column && masks.some((mask) => mask[other] === 0),
  );
  const alone = masks.findIndex((mask) => others.every((other) => mask[other] === 0));
  const nothing = new Float64Array(left[alone].length);
  let members = masks;
  const questions = others.map((other) => {
    const known = members.filter((mask) => mask[other] === 1).length;
    members = members.filter((mask) => mask[other] === 0);
    return { column: other, known };
  });
  return questions.reduceRight<Partition>(
    (unknown, { column, known }) => ({ column, known: { curve: nothing, masks: known }, unknown }),
    { curve: left[alone], masks: members.length },
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
