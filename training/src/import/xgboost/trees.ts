import { Features } from '../features.ts';
import { below32 } from '../folded.ts';
import { type ImportedColumn, type ImportedTrees, ImportFault } from '../imported.ts';
import type { Part } from '../part.ts';
import { type SourceNode, TreeArrays } from '../tree-arrays.ts';

interface Options {
  outputs: number;
  /** The first rounds alone. */
  iterations?: number;
  /** Of DART: a factor for each tree; trees without one have 1. */
  weights?: Float64Array;
  place: string;
}

/** The trees of the first rounds, as XGBoost's DMatrix adds them. */
export function readTrees(model: Part, columns: ImportedColumn[], options: Options) {
  const { outputs, iterations, weights } = options;
  const all = model.get('trees').list();
  const output = model.get('tree_info').numbers(all.length);
  const ends = endsOfRounds(model, all.length, outputs);
  const rounds = ends.length;
  if (iterations !== undefined && iterations > rounds)
    throw new ImportFault(`has ${rounds} rounds, not ${iterations}, as --iterations says`);
  const used = iterations ?? rounds;
  const count = used === 0 ? 0 : ends[used - 1];
  if (count === 0) throw new ImportFault('has no tree');
  const parts = all.slice(0, count);
  const nodes = parts.map((tree) => tree.get('left_children').numbers().length);
  const arrays = new TreeArrays(nodes.reduce((sum, each) => sum + each, 0));
  const features = new Features();
  const vectors: number[] = [];
  let vectorTrees = 0;
  for (const [i, tree] of parts.entries()) {
    const weight = weights?.[i] ?? 1;
    const width = tree.find('tree_param')?.find('size_leaf_vector')?.whole(0, 1000) ?? 1;
    if (width > 1 && width !== outputs) tree.fault(`has ${width} numbers in a leaf for ${outputs} outputs`);
    if (width > 1) vectorTrees++;
    const read = nodeReader(tree, nodes[i], { columns, features, weight, width, vectors });
    arrays.add(0, read);
  }
  if (vectorTrees > 0 && vectorTrees < count)
    throw new ImportFault('has trees with one number in a leaf beside trees with several');
  const forest = arrays.forest();
  const trees: ImportedTrees = {
    forest,
    hasCovers: true,
    ...(vectorTrees > 0
      ? { leafValues: Float64Array.from(vectors) }
      : outputs > 1 && { output: outputsOf(output.subarray(0, count), outputs) }),
  };
  return { trees, features: features.list, rounds, used };
}

/** The number of trees after each round; 1.7 does not say it. */
function endsOfRounds(model: Part, trees: number, outputs: number): number[] {
  const starts = model.find('iteration_indptr')?.numbers();
  if (starts && starts.length > 0) {
    const ends = Array.from(starts.subarray(1));
    if (ends.every((end, i) => Number.isInteger(end) && end >= (i === 0 ? 0 : ends[i - 1]) && end <= trees))
      return ends;
    return model.get('iteration_indptr').fault('does not ascend within the trees');
  }
  const parallel = model.find('gbtree_model_param')?.find('num_parallel_tree')?.whole(0) || 1;
  const perRound = parallel * outputs;
  return Array.from({ length: Math.floor(trees / perRound) }, (_, i) => (i + 1) * perRound);
}

function outputsOf(info: Float64Array, outputs: number): Int32Array {
  for (const [i, k] of info.entries())
    if (!(Number.isInteger(k) && k >= 0 && k < outputs))
      throw new ImportFault(`tree ${i} adds to output ${k} of ${outputs}`);
  return Int32Array.from(info);
}

interface Reading {
  columns: ImportedColumn[];
  features: Features;
  weight: number;
  width: number;
  /** The numbers of all leaves so far. */
  vectors: number[];
}

function nodeReader(tree: Part, nodes: number, reading: Reading): (node: number) => SourceNode<number> {
  const { columns, features, weight, width, vectors } = reading;
  const left = tree.get('left_children').numbers(nodes);
  const right = tree.get('right_children').numbers(nodes);
  const split = tree.get('split_indices').numbers(nodes);
  const conditions = tree.get('split_conditions').numbers(nodes);
  const defaultLeft = tree.get('default_left').numbers(nodes);
  const covers = tree.find('sum_hessian')?.numbers();
  const types = tree.find('split_type')?.numbers(nodes);
  const sets = types?.includes(1) ? setsOf(tree) : undefined;
  // since 3.2 the leaves have numbers of their own, and name them by their right child
  const weights = width > 1 ? tree.find('leaf_weights')?.numbers() : undefined;
  const base = width > 1 && !weights?.length ? tree.get('base_weights').numbers(nodes * width) : undefined;

  return (node) => {
    if (!(Number.isInteger(node) && node >= 0 && node < nodes))
      return tree.fault(`names node ${node} of ${nodes}`);
    const cover = Math.max(0, covers?.[node] ?? 0);
    if (left[node] === -1) {
      if (width <= 1) return { leaf: leafOf(conditions[node]), cover };
      const [from, at] = weights?.length ? [weights, right[node]] : [base ?? conditions, node];
      const row = vectors.length / width;
      for (let k = 0; k < width; k++) vectors.push(leafOf(from[at * width + k]));
      return { leaf: row, cover };
    }
    const column = split[node];
    if (!columns[column]) return tree.fault(`splits on column ${column} of ${columns.length}`);
    const sides = { missingLeft: defaultLeft[node] === 1, left: left[node], right: right[node], cover };
    if (types?.[node] === 1) {
      const codes = sets?.get(node) ?? tree.fault(`has no categories for node ${node}`);
      noteCodes(columns, column, codes);
      return { feature: features.set(column, codes, 0), threshold: 0.5, ...sides };
    }
    if (columns[column].type === 'category')
      return tree.fault(`compares the category column "${columns[column].name}" as a number`);
    return { feature: features.cell(column), threshold: below32(Math.fround(conditions[node])), ...sides };
  };

  function leafOf(value: number): number {
    const leaf = Math.fround(Math.fround(value) * Math.fround(weight));
    return Number.isFinite(leaf) ? leaf : tree.fault('has a leaf that is not a number');
  }
}

/** The categories of each node that has a set. */
function setsOf(tree: Part): Map<number, number[]> {
  const nodes = tree.get('categories_nodes').numbers();
  const begins = tree.get('categories_segments').numbers(nodes.length);
  const sizes = tree.get('categories_sizes').numbers(nodes.length);
  const categories = tree.get('categories').numbers();
  const sets = new Map<number, number[]>();
  for (const [i, node] of nodes.entries()) {
    const codes = Array.from(categories.subarray(begins[i], begins[i] + sizes[i]));
    if (
      codes.length !== sizes[i] ||
      !codes.every((code) => Number.isInteger(code) && code >= 0 && code < mostCodes)
    )
      tree.fault(
        `has a set of categories outside "categories", or codes that are not from 0 to ${mostCodes - 1}`,
      );
    sets.set(node, codes);
  }
  return sets;
}

/** As many as a column of hearth can have. */
const mostCodes = 100_000;

/** Remembers the largest code of a column whose categories the file does not name. */
function noteCodes(columns: ImportedColumn[], at: number, codes: readonly number[]): void {
  const { name, categories, codes: known = 1 } = columns[at];
  const most = codes.reduce((a, b) => Math.max(a, b), 0);
  if (categories) return;
  columns[at] = { ...columns[at], name, type: 'category', open: true, codes: Math.max(known, most + 1) };
}
