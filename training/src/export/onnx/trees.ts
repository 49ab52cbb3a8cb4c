import type { Forest } from '@hearth/artifact';
import type { NodeProto } from 'onnx-buf';
import { attribute, createNode } from './graph.ts';
import { roundThreshold } from './threshold.ts';

/**
 * The node that walks a forest. Its input is [rows, features], NaN where missing; its output [rows, 1], (base + Σ leaf) / divisor. The link
 * is a separate node, because onnxruntime ignores the `post_transform` of a regressor with one target.
 */
export function treesNode(
  forest: Forest,
  { base, divisor }: { base: number; divisor: number },
  input: string,
  output: string,
): NodeProto {
  const { roots, feature, left, right, missingLeft } = forest;
  const nodes = Array.from(feature.keys());
  const trees = treesOf(forest);
  const within = (child: Int32Array) =>
    nodes.map((node) => (feature[node] < 0 ? 0 : child[node] - roots[trees[node]]));
  const ids = nodes.map((node) => node - roots[trees[node]]);
  const leaves = nodes.filter((node) => feature[node] < 0);
  return createNode('ai.onnx.ml', 'TreeEnsembleRegressor', [input], output, [
    attribute.int('n_targets', 1),
    attribute.floats('base_values', [base / divisor]),
    attribute.ints('nodes_treeids', trees),
    attribute.ints('nodes_nodeids', ids),
    attribute.ints(
      'nodes_featureids',
      feature.map((index) => Math.max(index, 0)),
    ),
    attribute.strings(
      'nodes_modes',
      nodes.map((node) => (feature[node] < 0 ? 'LEAF' : 'BRANCH_LT')),
    ),
    attribute.floats('nodes_values', forest.threshold.map(roundThreshold)),
    attribute.ints('nodes_truenodeids', within(left)),
    attribute.ints('nodes_falsenodeids', within(right)),
    attribute.ints('nodes_missing_value_tracks_true', missingLeft),
    attribute.ints(
      'target_treeids',
      leaves.map((node) => trees[node]),
    ),
    attribute.ints(
      'target_nodeids',
      leaves.map((node) => ids[node]),
    ),
    attribute.ints('target_ids', new Uint8Array(leaves.length)),
    attribute.floats(
      'target_weights',
      leaves.map((node) => forest.value[node] / divisor),
    ),
  ]);
}

/** Tree of each node; [nodes]. */
function treesOf({ roots, feature }: Forest): Int32Array {
  const trees = new Int32Array(feature.length);
  for (let tree = 0; tree < roots.length; tree++) trees.fill(tree, roots[tree], roots[tree + 1]);
  return trees;
}
