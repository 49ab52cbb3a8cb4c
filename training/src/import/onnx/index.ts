import { Features } from '../features.ts';
import { atMost, atMost32, below32 } from '../folded.ts';
import {
  type Imported,
  type ImportedColumn,
  type ImportedTarget,
  ImportFault,
  type Reader,
} from '../imported.ts';
import { type SourceNode, TreeArrays } from '../tree-arrays.ts';
import { classicEnsemble, type Ensemble, newEnsemble } from './ensemble.ts';
import { type Graph, type GraphNode, graphOf } from './graph.ts';

export const onnx: Reader = {
  format: 'ONNX',
  recognises: (bytes, name) =>
    /\.onnx$/i.test(name) || (bytes[0] === 0x08 && bytes[1] < 32 && bytes[2] === 0x12),
  read: (bytes) => readGraph(graphOf(bytes)),
};

const operators = ['TreeEnsembleClassifier', 'TreeEnsembleRegressor', 'TreeEnsemble'];
/** Operators around the trees that change no number. */
const harmless = new Set([
  'Cast',
  'Identity',
  'ZipMap',
  'Concat',
  'Reshape',
  'ArrayFeatureExtractor',
  'Squeeze',
  'Flatten',
]);

/**
 * An ensemble of trees as ONNX (https://onnx.ai/onnx/operators, ai.onnx.ml). As in onnxruntime: sums in tree order, the base last, in the
 * precision of the thresholds.
 */
function readGraph(graph: Graph): Imported {
  const trees = graph.nodes.filter(({ type }) => operators.includes(type));
  const other = graph.nodes.find(({ type }) => !operators.includes(type) && !harmless.has(type));
  if (trees.length !== 1)
    throw new ImportFault(
      `has ${trees.length} ensembles of trees; a model with one is read, without other models beside it`,
    );
  if (other)
    throw new ImportFault(
      `has the operator ${other.type.slice(0, 60)} beside its trees, which hearth cannot answer; convert the model without the steps around it`,
    );
  const [node] = trees;
  const ensemble =
    node.type === 'TreeEnsemble'
      ? newEnsemble(node)
      : classicEnsemble(node, node.type === 'TreeEnsembleClassifier' ? 'class' : 'target');
  const columns = columnsOf(graph, ensemble);
  const { target, link, outputs, outputOf } = answerOf(node, ensemble);
  const { isDouble, isAverage, base } = ensemble;
  const features = new Features();
  const vectors: number[] = [];
  const arrays = new TreeArrays(2 * ensemble.modes.length + 1);
  const nodeOf = nodeReader(ensemble, features, (leaf) => {
    const row = Array.from({ length: outputs }, () => 0);
    for (const [k, weight] of leaf) {
      const place = outputOf(k);
      if (place !== undefined) row[place] += weight;
    }
    if (outputs === 1) return row[0];
    vectors.push(...row);
    return vectors.length / outputs - 1;
  });
  for (const root of ensemble.roots) arrays.add(root, nodeOf);
  if (arrays.trees === 0) throw new ImportFault('has no tree');
  const bases = Array.from(
    { length: outputs },
    (_, k) => base[base.length > outputs ? base.length - outputs + k : k] ?? 0,
  );
  const last = outputs === 1 ? bases[0] : bases;
  return {
    source: {
      tool: 'ONNX',
      version: '',
      method: `${graph.producer} ${graph.version}`.trim(),
      options: { operator: node.type },
    },
    columns,
    target,
    features: features.list,
    trees: {
      forest: arrays.forest(),
      hasCovers: false,
      ...(outputs > 1 && { leafValues: Float64Array.from(vectors) }),
    },
    answer: {
      link,
      ...(isAverage ? { divisor: ensemble.roots.length, offset: last } : { base: last }),
      ...(!isDouble && { precision: 'float32' as const }),
    },
    needsAnswers: true,
    bounds: { score: 2 ** -20, answer: 2 ** -20 },
    notes: [
      "ONNX has no names of categories, no rows for each node and often no routes of missing values: where the model's own file can be had, import that",
    ],
  };
}

function columnsOf({ inputs }: Graph, { columns }: Ensemble): ImportedColumn[] {
  const most = columns.reduce((a, b) => Math.max(a, b), -1);
  const [first] = inputs;
  const count = inputs.length > 1 ? inputs.length : (first?.columns ?? most + 1);
  if (most >= count || count > 100_000 || count < 1 || columns.some((column) => column < 0))
    throw new ImportFault(`splits on column ${most} of ${count}`);
  return Array.from({ length: count }, (_, i) => ({
    name: inputs.length > 1 ? inputs[i].name : `f${i}`,
    type: 'number',
  }));
}

/** How the sums become answers. */
function answerOf(node: GraphNode, { leaves, transform }: Ensemble) {
  const labels = [
    ...node.attributes.texts('classlabels_strings'),
    ...node.attributes.wholes('classlabels_int64s').map(String),
  ];
  const named = new Set([...leaves.values()].flatMap((leaf) => leaf.map(([k]) => k)));
  const link = transform === 'LOGISTIC' ? 'logit' : transform === 'SOFTMAX' ? 'softmax' : 'identity';
  if (!['NONE', 'LOGISTIC', 'SOFTMAX'].includes(transform))
    throw new ImportFault(`has the post_transform ${transform}; NONE, LOGISTIC and SOFTMAX are read`);
  if (labels.length === 2 && link !== 'softmax') {
    const target: ImportedTarget = { type: 'binary', classes: labels };
    // with one class id for two labels, that is the second one's
    const isOne = named.size <= 1;
    return { target, link, outputs: 1, outputOf: (k: number) => (isOne || k === 1 ? 0 : undefined) } as const;
  }
  const outputs = labels.length || node.attributes.whole('n_targets', 1);
  for (const k of named)
    if (!(k >= 0 && k < outputs)) throw new ImportFault(`has a leaf for output ${k} of ${outputs}`);
  if (labels.length > 0)
    return {
      target: { type: 'classes', count: outputs, classes: labels } as ImportedTarget,
      link,
      outputs,
      outputOf: (k: number) => k,
    } as const;
  if (outputs > 1)
    return {
      target: { type: 'classes', count: outputs } as ImportedTarget,
      link,
      outputs,
      outputOf: (k: number) => k,
    } as const;
  const target: ImportedTarget = { type: link === 'logit' ? 'binary' : 'numeric' };
  return { target, link: link === 'softmax' ? 'identity' : link, outputs, outputOf: () => 0 } as const;
}

function nodeReader(
  ensemble: Ensemble,
  features: Features,
  leafOf: (leaf: [number, number][]) => number,
): (node: number) => SourceNode<number> {
  const { modes, values, whenTrue, whenFalse, missingTrue, isDouble, leaves } = ensemble;
  return (node) => {
    const mode = modes[node];
    if (mode === undefined) throw new ImportFault(`names node ${node} of ${modes.length}`);
    if (mode === 'LEAF') return { leaf: leafOf(leaves.get(node) ?? []) };
    const value = values[node];
    const isTrueLeft = mode === 'BRANCH_LEQ' || mode === 'BRANCH_LT';
    if (!isTrueLeft && mode !== 'BRANCH_GT' && mode !== 'BRANCH_GTE')
      throw new ImportFault(
        `compares by ${mode.slice(0, 40)}, of which ONNX does not say what the categories are; import the model's own file`,
      );
    const isAtMost = mode === 'BRANCH_LEQ' || mode === 'BRANCH_GT';
    const threshold = isDouble
      ? isAtMost
        ? atMost(value)
        : value
      : isAtMost
        ? atMost32(value)
        : below32(value);
    const isMissingTrue = missingTrue[node] === 1;
    return {
      feature: features.cell(ensemble.columns[node]),
      threshold,
      missingLeft: isMissingTrue === isTrueLeft,
      left: isTrueLeft ? whenTrue[node] : whenFalse[node],
      right: isTrueLeft ? whenFalse[node] : whenTrue[node],
    };
  };
}
