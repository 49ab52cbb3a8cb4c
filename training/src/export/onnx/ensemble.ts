import type { Forest, Trees } from '@hearth/artifact';
import { attribute, attributesOf, type Graph, tensor } from './graph.ts';

/** A node that splits, or a tree of one leaf, which is on both sides of its split. */
interface Split {
  feature: number;
  threshold: number;
  missingLeft: number;
  left: Side;
  right: Side;
}

/** A place among the splits, or among the leaves. */
interface Side {
  place: number;
  isLeaf: number;
}

interface Ensemble {
  /** Places among the splits. */
  roots: number[];
  splits: Split[];
  leaves: { value: number; target: number }[];
}

/**
 * Adds what walks the trees in 64 bits: from [rows, features], NaN where missing, to [rows, outputs], Σ leaf. A leaf of TreeEnsemble adds to
 * one target only. Where leaves add to every output, each tree is a target, which becomes the row of the leaf in `leaf_values`.
 */
export function addEnsemble(
  graph: Graph,
  { forest, others = [], leafValues }: Trees,
  outputs: number,
  input: string,
): string {
  if (!leafValues) return addNode(graph, ensembleOf([forest, ...others]), outputs, input, 'sum');
  const trees = forest.roots.length;
  const leaves = addNode(graph, ensembleOf([forest], 'each tree'), trees, input, 'leaves');
  const values = graph.constant('leaf values', leafValues, [leafValues.length / outputs, outputs]);
  const added = graph.add('Gather', [values, graph.toPlaces(leaves, 'places of leaves')], 'values of leaves');
  return graph.add('ReduceSum', [added, graph.axes('trees', [1])], 'sum', [attribute.int('keepdims', 0)]);
}

/** @param targets what adds up: the trees of a forest, or each tree alone */
function ensembleOf(
  forests: readonly Forest[],
  targets: 'each forest' | 'each tree' = 'each forest',
): Ensemble {
  const ensemble: Ensemble = { roots: [], splits: [], leaves: [] };
  for (const [k, forest] of forests.entries()) addForest(ensemble, forest, k, targets);
  return ensemble;
}

function addForest(
  { roots, splits, leaves }: Ensemble,
  { roots: rootNodes, feature, threshold, left, right, missingLeft, value }: Forest,
  k: number,
  targets: 'each forest' | 'each tree',
): void {
  const isRoot = new Set(rootNodes);
  const isLeaf = (node: number) => feature[node] < 0;
  let [nextSplit, nextLeaf] = [splits.length, leaves.length];
  const places = feature.map((_, node) => {
    if (isRoot.has(node)) roots.push(nextSplit);
    if (!isLeaf(node)) return nextSplit++;
    if (isRoot.has(node)) nextSplit++;
    return nextLeaf++;
  });
  const side = (node: number): Side => ({ place: places[node], isLeaf: Number(isLeaf(node)) });
  let tree = -1;
  for (const node of feature.keys()) {
    if (isRoot.has(node)) tree++;
    if (isLeaf(node)) leaves.push({ value: value[node], target: targets === 'each tree' ? tree : k });
    if (isLeaf(node) && !isRoot.has(node)) continue;
    splits.push({
      feature: Math.max(feature[node], 0),
      threshold: threshold[node],
      missingLeft: missingLeft[node],
      left: side(isLeaf(node) ? node : left[node]),
      right: side(isLeaf(node) ? node : right[node]),
    });
  }
}

/** The number of `x < split` among the comparisons of TreeEnsemble. */
const branchLess = 1;

function addNode(
  graph: Graph,
  { roots, splits, leaves }: Ensemble,
  targets: number,
  input: string,
  name: string,
): string {
  const ofSplits = attributesOf(splits);
  const ofLeaves = attributesOf(leaves);
  return graph.addMl('TreeEnsemble', [input], name, [
    attribute.int('n_targets', targets),
    attribute.ints('tree_roots', roots),
    attribute.tensor('nodes_modes', tensor.bytes(new Uint8Array(splits.length).fill(branchLess))),
    ofSplits.ints('nodes_featureids', ({ feature }) => feature),
    ofSplits.doubles('nodes_splits', ({ threshold }) => threshold),
    ofSplits.ints('nodes_missing_value_tracks_true', ({ missingLeft }) => missingLeft),
    ofSplits.ints('nodes_truenodeids', ({ left }) => left.place),
    ofSplits.ints('nodes_trueleafs', ({ left }) => left.isLeaf),
    ofSplits.ints('nodes_falsenodeids', ({ right }) => right.place),
    ofSplits.ints('nodes_falseleafs', ({ right }) => right.isLeaf),
    ofLeaves.doubles('leaf_weights', ({ value }) => value),
    ofLeaves.ints('leaf_targetids', ({ target }) => target),
  ]);
}
