import type { Forest, Trees } from '@hearth/artifact';
import { attribute, attributesOf, type Graph } from './graph.ts';
import { roundThreshold } from './threshold.ts';

/** What a sum becomes: base + scaled(sum). */
export interface Affine {
  /** [outputs] */
  base: readonly number[];
  /** Of output `k`. */
  scaled(sum: number, k: number): number;
}

/**
 * Adds the node that walks the trees in 32 bits: from [rows, features], NaN where missing, to [rows, outputs], base + scaled(Σ leaf). The link
 * is in other nodes, because onnxruntime ignores the `post_transform` of a regressor with one target.
 */
export function addRegressor(graph: Graph, trees: Trees, { base, scaled }: Affine, input: string): string {
  const { forest, others = [], leafValues } = trees;
  const outputs = base.length;
  const all = [forest, ...others].map((each, k) => nodesOf(each, k));
  const nodes = all.flatMap((each) => each.nodes);
  const leaves = all.flatMap((each) => each.leaves);
  /** What a leaf adds to which outputs. */
  const votes = leaves.flatMap(({ tree, id, value, output }) =>
    leafValues
      ? base.map((_, k) => ({ tree, id, output: k, weight: scaled(leafValues[value * outputs + k], k) }))
      : [{ tree, id, output, weight: scaled(value, output) }],
  );
  const ofNodes = attributesOf(nodes);
  const ofVotes = attributesOf(votes);
  return graph.addMl('TreeEnsembleRegressor', [input], 'score', [
    attribute.int('n_targets', outputs),
    attribute.floats('base_values', base),
    ofNodes.ints('nodes_treeids', ({ tree }) => tree),
    ofNodes.ints('nodes_nodeids', ({ id }) => id),
    ofNodes.ints('nodes_featureids', ({ feature }) => Math.max(feature, 0)),
    ofNodes.strings('nodes_modes', ({ feature }) => (feature < 0 ? 'LEAF' : 'BRANCH_LT')),
    ofNodes.floats('nodes_values', ({ threshold }) => roundThreshold(threshold)),
    ofNodes.ints('nodes_truenodeids', ({ left }) => left),
    ofNodes.ints('nodes_falsenodeids', ({ right }) => right),
    ofNodes.ints('nodes_missing_value_tracks_true', ({ missingLeft }) => missingLeft),
    ofVotes.ints('target_treeids', ({ tree }) => tree),
    ofVotes.ints('target_nodeids', ({ id }) => id),
    ofVotes.ints('target_ids', ({ output }) => output),
    ofVotes.floats('target_weights', ({ weight }) => weight),
  ]);

  /** The nodes of the trees of an output, each with its place in its tree. */
  function nodesOf({ roots, feature, threshold, left, right, value, missingLeft }: Forest, output: number) {
    let tree = [forest, ...others].slice(0, output).reduce((sum, each) => sum + each.roots.length, -1);
    let next = 0;
    const nodes = Array.from(feature, (column, node) => {
      if (node === roots[next]) {
        next++;
        tree++;
      }
      const root = roots[next - 1];
      const child = (of: Int32Array) => (column < 0 ? 0 : of[node] - root);
      return {
        tree,
        id: node - root,
        feature: column,
        threshold: threshold[node],
        left: child(left),
        right: child(right),
        missingLeft: missingLeft[node],
        value: value[node],
        output,
      };
    });
    return { nodes, leaves: nodes.filter((node) => node.feature < 0) };
  }
}
