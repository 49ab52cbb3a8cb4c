import { ImportFault } from '../imported.ts';
import type { GraphNode } from './graph.ts';

/** An ensemble of trees, whichever operator has it. */
export interface Ensemble {
  /** The first node of each tree. */
  roots: number[];
  /** [nodes]; a mode is that of onnx: LEQ, LT, GTE, GT, LEAF … */
  modes: string[];
  columns: number[];
  values: Float64Array;
  whenTrue: number[];
  whenFalse: number[];
  missingTrue: number[];
  /** What each leaf adds: places and numbers; by node. */
  leaves: Map<number, [output: number, weight: number][]>;
  isDouble: boolean;
  isAverage: boolean;
  base: Float64Array;
  transform: string;
}

const transforms = ['NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO', 'PROBIT'];
const modes = [
  'BRANCH_LEQ',
  'BRANCH_LT',
  'BRANCH_GTE',
  'BRANCH_GT',
  'BRANCH_EQ',
  'BRANCH_NEQ',
  'BRANCH_MEMBER',
];

/** TreeEnsembleClassifier and TreeEnsembleRegressor of ai.onnx.ml 1 and 3. @param kind how their leaves are called */
export function classicEnsemble({ attributes }: GraphNode, kind: 'class' | 'target'): Ensemble {
  const trees = attributes.wholes('nodes_treeids');
  const ids = attributes.wholes('nodes_nodeids');
  const values = attributes.numbers('nodes_values');
  const weights = attributes.numbers(`${kind}_weights`);
  const place = new Map(trees.map((tree, i) => [`${tree} ${ids[i]}`, i]));
  const find = (i: number, id: number): number => place.get(`${trees[i]} ${id}`) ?? -1;
  const whenTrue = attributes.wholes('nodes_truenodeids').map((id, i) => find(i, id));
  const whenFalse = attributes.wholes('nodes_falsenodeids').map((id, i) => find(i, id));
  const nodeModes = attributes.texts('nodes_modes');
  const leaves: Ensemble['leaves'] = new Map();
  const [leafTrees, leafIds, outputs] = ['treeids', 'nodeids', 'ids'].map((name) =>
    attributes.wholes(`${kind}_${name}`),
  );
  same(
    'nodes',
    [ids, nodeModes, whenTrue, whenFalse, values.values, attributes.wholes('nodes_featureids')],
    trees.length,
  );
  same('leaves', [leafIds, outputs, weights.values], leafTrees.length);
  for (const [i, tree] of leafTrees.entries()) {
    const node = place.get(`${tree} ${leafIds[i]}`) ?? -1;
    leaves.set(node, [...(leaves.get(node) ?? []), [outputs[i], weights.values[i]]]);
  }
  return {
    roots: [...new Map(trees.map((tree, i) => [tree, i] as const).reverse())]
      .map(([, i]) => i)
      .sort((a, b) => a - b),
    modes: nodeModes,
    columns: attributes.wholes('nodes_featureids'),
    values: values.values,
    whenTrue,
    whenFalse,
    missingTrue: attributes.wholes('nodes_missing_value_tracks_true'),
    leaves,
    isDouble: values.isDouble,
    isAverage:
      attributes.text('aggregate_function', 'SUM') === 'AVERAGE' ||
      aggregation(attributes.text('aggregate_function', 'SUM')),
    base: attributes.numbers('base_values').values,
    transform: attributes.text('post_transform', 'NONE'),
  };
}

/** Least and greatest of the trees are no sum. */
function aggregation(name: string): false {
  if (name === 'SUM') return false;
  throw new ImportFault(`takes the ${name} of its trees; sums and averages are read`);
}

/** TreeEnsemble of ai.onnx.ml 5: leaves have numbers of their own; here they stand behind the nodes. */
export function newEnsemble({ attributes }: GraphNode): Ensemble {
  const columns = attributes.wholes('nodes_featureids');
  const count = columns.length;
  const splits = attributes.numbers('nodes_splits');
  const weights = attributes.numbers('leaf_weights');
  const targets = attributes.wholes('leaf_targetids');
  const codes = attributes.numbers('nodes_modes').values;
  const sideOf = (name: 'true' | 'false') => {
    const isLeaf = attributes.wholes(`nodes_${name}leafs`);
    const ids = attributes.wholes(`nodes_${name}nodeids`);
    same('nodes', [isLeaf, ids], count);
    return ids.map((id, i) => (isLeaf[i] ? count + id : id));
  };
  const [whenTrue, whenFalse] = [sideOf('true'), sideOf('false')];
  same('nodes', [splits.values, codes], count);
  same('leaves', [weights.values], targets.length);
  const aggregate = attributes.whole('aggregate_function', 1);
  if (aggregate > 1)
    throw new ImportFault('takes the least or the greatest of its trees; sums and averages are read');
  return {
    roots: attributes.wholes('tree_roots'),
    modes: [...Array.from(codes, (code) => modes[code] ?? `mode ${code}`), ...targets.map(() => 'LEAF')],
    columns,
    values: splits.values,
    whenTrue,
    whenFalse,
    missingTrue: attributes.wholes('nodes_missing_value_tracks_true'),
    leaves: new Map(targets.map((target, i) => [count + i, [[target, weights.values[i]]]])),
    isDouble: splits.isDouble,
    isAverage: aggregate === 0,
    base: new Float64Array(),
    transform: transforms[attributes.whole('post_transform', 0)] ?? 'unknown',
  };
}

function same(what: string, arrays: readonly ArrayLike<unknown>[], length: number): void {
  for (const { length: other } of arrays)
    if (other !== length)
      throw new ImportFault(`has ${other} entries in an attribute of its ${what}, and ${length} in another`);
}
