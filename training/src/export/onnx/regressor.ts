import type { Forest, Trees } from '@hearth/artifact';
import { attribute, type Graph } from './graph.ts';
import { roundThreshold } from './threshold.ts';

/** What a sum becomes: base + scaled(sum). */
export interface Affine {
  /** [outputs] */
  base: readonly number[];
  /** Of output `k`. */
  scaled(sum: number, k: number): number;
}

/**
 * Adds the node that walks the trees in 32 bits: from [rows, features], NaN where missing, to [rows, outputs], base + scaled(Σ leaf). The link is in
 * other nodes, because onnxruntime ignores the `post_transform` of a regressor with one target.
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
  return graph.addMl('TreeEnsembleRegressor', [input], 'score', [
    attribute.int('n_targets', outputs),
    attribute.floats('base_values', base),
    attribute.ints(
      'nodes_treeids',
      nodes.map(({ tree }) => tree),
    ),
    attribute.ints(
      'nodes_nodeids',
      nodes.map(({ id }) => id),
    ),
    attribute.ints(
      'nodes_featureids',
      nodes.map(({ feature }) => Math.max(feature, 0)),
    ),
    attribute.strings(
      'nodes_modes',
      nodes.map(({ feature }) => (feature < 0 ? 'LEAF' : 'BRANCH_LT')),
    ),
    attribute.floats(
      'nodes_values',
      nodes.map(({ threshold }) => roundThreshold(threshold)),
    ),
    attribute.ints(
      'nodes_truenodeids',
      nodes.map(({ left }) => left),
    ),
    attribute.ints(
      'nodes_falsenodeids',
      nodes.map(({ right }) => right),
    ),
    attribute.ints(
      'nodes_missing_value_tracks_true',
      nodes.map(({ missingLeft }) => missingLeft),
    ),
    attribute.ints(
      'target_treeids',
      votes.map(({ tree }) => tree),
    ),
    attribute.ints(
      'target_nodeids',
      votes.map(({ id }) => id),
    ),
    attribute.ints(
      'target_ids',
      votes.map(({ output }) => output),
    ),
    attribute.floats(
      'target_weights',
      votes.map(({ weight }) => weight),
    ),
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
