import type { Features } from '../features.ts';
import { atMost32 } from '../folded.ts';
import type { Part } from '../part.ts';
import type { SourceNode, TreeArrays } from '../tree-arrays.ts';
import type { Columns } from './columns.ts';

export interface Reading {
  columns: Columns;
  features: Features;
  outputs: number;
  /** The numbers of all leaves so far, where a leaf has several. */
  vectors: number[];
}

type Split = Pick<Extract<SourceNode<unknown>, { feature: number }>, 'feature' | 'threshold' | 'missingLeft'>;

/** A test that holds goes right. */
function splitOf(part: Part, { columns, features }: Reading): Split {
  const type = part.get('split_type').text();
  if (type === 'FloatFeature') {
    const number = part.get('float_feature_index').whole();
    const column =
      columns.floats[number] ?? part.fault(`names float feature ${number} of ${columns.floats.length}`);
    const threshold = atMost32(Math.fround(part.get('border').number()));
    return { feature: features.cell(column.place), threshold, missingLeft: column.missingLeft };
  }
  if (type === 'OneHotFeature') {
    const number = part.get('cat_feature_index').whole();
    const column =
      columns.categories[number] ??
      part.fault(`names category feature ${number} of ${columns.categories.length}`);
    const code =
      column.codes.get(part.get('value').number()) ??
      part.fault('has a category that features_info does not have');
    return { feature: features.set(column.place, [code], 0), threshold: 0.5, missingLeft: true };
  }
  return part.fault(
    `is a split of type ${type.slice(0, 40)}, which hearth cannot answer: train it with one_hot_max_size of at least the number of categories, or without categories`,
  );
}

function leafOf(values: Float64Array, at: number, { outputs, vectors }: Reading): number {
  if (outputs === 1) return values[at];
  for (let k = 0; k < outputs; k++) vectors.push(values[at * outputs + k]);
  return vectors.length / outputs - 1;
}

/** A symmetric tree: one test for each level; the first one is the lowest bit of the leaf's number. */
export function addOblivious(tree: Part, reading: Reading, into: TreeArrays): void {
  const splits =
    tree
      .find('splits')
      ?.list()
      .map((part) => splitOf(part, reading)) ?? [];
  if (splits.length > 20) tree.fault(`has ${splits.length} levels; a symmetric tree has at most 20`);
  const leaves = 2 ** splits.length;
  const values = tree.get('leaf_values').numbers(leaves * reading.outputs);
  const weights = tree.find('leaf_weights')?.numbers() ?? [];
  // the leaves below a node stand together, as the highest bit is tested first
  const sums = new Float64Array(leaves + 1);
  for (let leaf = 0; leaf < leaves; leaf++) sums[leaf + 1] = sums[leaf] + Math.max(0, weights[leaf] ?? 0);
  into.add<[level: number, first: number]>([splits.length, 0], ([level, first]) => {
    const size = 2 ** level;
    const cover = sums[first + size] - sums[first];
    if (level === 0) return { leaf: leafOf(values, first, reading), cover };
    return { ...splits[level - 1], left: [level - 1, first], right: [level - 1, first + size / 2], cover };
  });
}

/** A tree of nodes inside one another. */
export function addTree(tree: Part, reading: Reading, into: TreeArrays): void {
  const covers = coversOf(tree);
  into.add<Part>(tree, (part) => {
    const cover = covers.get(part.value) ?? 0;
    const split = part.find('split');
    if (split) return { ...splitOf(split, reading), left: part.get('left'), right: part.get('right'), cover };
    const value = part.get('value');
    const values = reading.outputs === 1 ? Float64Array.of(value.number()) : value.numbers(reading.outputs);
    return { leaf: leafOf(values, 0, reading), cover };
  });
}

/** The weight of the leaves below each node. */
function coversOf(tree: Part): Map<unknown, number> {
  const parts = [tree];
  for (let i = 0; i < parts.length; i++) {
    for (const side of ['left', 'right']) {
      const child = parts[i].find(side);
      if (child) parts.push(child);
    }
  }
  const covers = new Map<unknown, number>();
  for (const part of parts.reverse()) {
    const [left, right] = [part.find('left'), part.find('right')];
    const own = part.find('weight')?.number() ?? 0;
    covers.set(
      part.value,
      left && right ? (covers.get(left.value) ?? 0) + (covers.get(right.value) ?? 0) : Math.max(0, own),
    );
  }
  return covers;
}
